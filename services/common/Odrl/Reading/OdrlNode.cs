namespace Ecosystem.Odrl;

/// <summary>A JSON object whose property names have been resolved and checked for the place they stand at.</summary>
internal sealed class OdrlNode
{
    private readonly Dictionary<string, Place> _properties = new(StringComparer.Ordinal);
    private readonly Place _place;

    private OdrlNode(Place place) => _place = place;

    public string Path => _place.Path;

    /// <summary>Resolves an object. Terms of ODRL that mean nothing here are refused, since ignoring them would change what the policy says.</summary>
    /// <param name="place">The object.</param>
    /// <param name="terms">The names of the document.</param>
    /// <param name="known">The ODRL properties with a meaning at this place.</param>
    /// <param name="strict">Whether undeclared bare names are refused too; a policy may carry some as metadata.</param>
    public static OdrlNode Read(Place place, TermResolver terms, IReadOnlySet<string> known, bool strict = true)
    {
        place.RequireObject();
        var node = new OdrlNode(place);
        foreach (var (name, value) in place.Properties())
        {
            var resolved = terms.Property(name);
            var foreign = resolved.Contains(':', StringComparison.Ordinal);
            if (!foreign && !resolved.StartsWith('@') && !known.Contains(resolved))
                RefuseUnlessMetadata(value, resolved, strict);
            if (!node._properties.TryAdd(resolved, value))
                throw value.Problem($"Die Eigenschaft „{resolved}“ steht zweimal da.", $"The property '{resolved}' is stated twice.");
        }

        return node;
    }

    public Place? this[string name] => _properties.TryGetValue(name, out var value) ? value : null;

    public IEnumerable<Place> Items(string name) => this[name]?.Items() ?? [];

    public Place? Extension(string localName)
    {
        foreach (var (name, value) in _properties)
        {
            if (name.Contains(':', StringComparison.Ordinal) && (name.EndsWith("/" + localName, StringComparison.Ordinal) || name.EndsWith("#" + localName, StringComparison.Ordinal)))
                return value;
        }

        return null;
    }

    public OdrlFormatException Problem(string german, string english) => _place.Problem(german, english);

    private static void RefuseUnlessMetadata(Place value, string name, bool strict)
    {
        if (TermResolver.IsOdrlProperty(name))
            throw value.Problem($"„{name}“ hat an dieser Stelle keine Bedeutung; es zu übergehen, würde die Richtlinie verändern.", $"'{name}' has no meaning at this place; ignoring it would change the policy.");
        if (TermResolver.Resembling(name) is { } meant)
            throw value.Problem($"Unbekannte Eigenschaft „{name}“. Ist „{meant}“ gemeint?", $"Unknown property '{name}'. Is '{meant}' meant?");
        if (strict)
            throw value.Problem($"Unbekannte Eigenschaft „{name}“. Eigene Angaben brauchen einen Präfix aus dem Kontext.", $"Unknown property '{name}'. Own statements need a prefix declared in the context.");
    }
}
