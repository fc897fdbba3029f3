using System.Text.Json.Nodes;

namespace Ecosystem.AppHost.Local.Dapr.Routing;

/// <summary>
/// A routing rule over an event. Dapr takes the Common Expression Language; this is the declared subset that rules are made of:
/// <c>event.type == "x"</c>, <c>!= &lt; &lt;= &gt; &gt;=</c>, <c>&amp;&amp; || !</c>, parentheses, <c>in [..]</c>, <c>has(event.data.x)</c>,
/// <c>startsWith endsWith contains</c>; text, numbers, <c>true false null</c>. Anything else is refused when the subscription is read.
/// </summary>
internal sealed class MatchExpression
{
    private readonly Func<JsonObject, object?> _evaluate;

    private MatchExpression(string text, Func<JsonObject, object?> evaluate)
    {
        Text = text;
        _evaluate = evaluate;
    }

    public string Text { get; }

    /// <exception cref="MatchSyntaxException">The rule is outside of the subset.</exception>
    public static MatchExpression Parse(string rule) => new(rule, new MatchParser(rule).Parse());

    /// <summary>Whether the event fits. As in Dapr, a rule that cannot be evaluated (a missing member, text compared with a number) does not fit.</summary>
    public bool Fits(JsonObject cloudEvent)
    {
        try
        {
            return _evaluate(cloudEvent) is true;
        }
        catch (MatchEvaluationException)
        {
            return false;
        }
    }
}

/// <summary>The rule does not apply to this event.</summary>
internal sealed class MatchEvaluationException : Exception
{
    public MatchEvaluationException()
    {
    }

    public MatchEvaluationException(string message)
        : base(message)
    {
    }

    public MatchEvaluationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
