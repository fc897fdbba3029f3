namespace Ecosystem.Rdf;

/// <summary>IRIs of the RDF vocabulary that the syntaxes themselves need.</summary>
public static class RdfSyntax
{
    /// <summary>The namespace.</summary>
    public const string Namespace = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    /// <summary><c>rdf:type</c>, written <c>a</c> in Turtle.</summary>
    public const string Type = Namespace + "type";

    /// <summary><c>rdf:first</c>, the value of a list cell.</summary>
    public const string First = Namespace + "first";

    /// <summary><c>rdf:rest</c>, the next list cell.</summary>
    public const string Rest = Namespace + "rest";

    /// <summary><c>rdf:nil</c>, the end of a list.</summary>
    public const string Nil = Namespace + "nil";

    /// <summary><c>rdf:langString</c>, the type of text in a language.</summary>
    public const string LangString = Namespace + "langString";
}

/// <summary>IRIs of XML Schema data types.</summary>
public static class Xsd
{
    /// <summary>The namespace.</summary>
    public const string Namespace = "http://www.w3.org/2001/XMLSchema#";

    /// <summary><c>xsd:string</c>.</summary>
    public const string String = Namespace + "string";

    /// <summary><c>xsd:boolean</c>.</summary>
    public const string Boolean = Namespace + "boolean";

    /// <summary><c>xsd:integer</c>.</summary>
    public const string Integer = Namespace + "integer";

    /// <summary><c>xsd:decimal</c>.</summary>
    public const string Decimal = Namespace + "decimal";

    /// <summary><c>xsd:double</c>.</summary>
    public const string Double = Namespace + "double";

    /// <summary><c>xsd:date</c>.</summary>
    public const string Date = Namespace + "date";

    /// <summary><c>xsd:dateTime</c>.</summary>
    public const string DateTime = Namespace + "dateTime";
}
