using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Evaluate = System.Func<System.Text.Json.Nodes.JsonObject, object?>;

namespace Ecosystem.AppHost.Local.Dapr.Routing;

/// <summary>Recursive descent over the tokens of one rule; each method is one level of precedence, loosest first.</summary>
internal sealed class MatchParser(string rule)
{
    private const int DeepestNesting = 64;
    private readonly IReadOnlyList<MatchToken> _tokens = MatchToken.Split(rule);
    private int _at;
    private int _depth;

    private MatchToken Current => _tokens[_at];

    public Evaluate Parse()
    {
        var expression = Or();
        return Current.Kind == TokenKind.End ? expression : throw Unexpected("&&, || or the end");
    }

    private Evaluate Or()
    {
        if (++_depth > DeepestNesting)
        {
            throw new MatchSyntaxException($"more than {DeepestNesting} parentheses inside each other.");
        }

        var left = And();
        while (Take("||"))
        {
            var (first, second) = (left, And());
            left = e => Truth(first(e)) || Truth(second(e));
        }

        _depth--;
        return left;
    }

    private Evaluate And()
    {
        var left = Relation();
        while (Take("&&"))
        {
            var (first, second) = (left, Relation());
            left = e => Truth(first(e)) && Truth(second(e));
        }

        return left;
    }

    private Evaluate Relation()
    {
        var left = Unary();
        if (Current is { Kind: TokenKind.Name, Text: "in" })
        {
            _at++;
            var choices = List();
            return e => left(e) is var value && choices.Exists(choice => Equals(choice(e), value));
        }

        var symbol = Current.Text;
        if (Current.Kind != TokenKind.Symbol || symbol is not ("==" or "!=" or "<" or "<=" or ">" or ">="))
        {
            return left;
        }

        _at++;
        var right = Unary();
        return symbol switch
        {
            "==" => e => Equals(left(e), right(e)),
            "!=" => e => !Equals(left(e), right(e)),
            "<" => e => Compare(left(e), right(e)) < 0,
            "<=" => e => Compare(left(e), right(e)) <= 0,
            ">" => e => Compare(left(e), right(e)) > 0,
            _ => e => Compare(left(e), right(e)) >= 0,
        };
    }

    private Evaluate Unary()
    {
        var negations = 0;
        while (Take("!"))
        {
            negations++;
        }

        var operand = Primary();
        return negations == 0 ? operand : e => Truth(operand(e)) ^ (negations % 2 == 1);
    }

    private Evaluate Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Text:
                _at++;
                return _ => token.Text;
            case TokenKind.Number:
                _at++;
                var number = double.Parse(token.Text, CultureInfo.InvariantCulture);
                return _ => number;
            case TokenKind.Symbol when Take("-") && Current.Kind == TokenKind.Number:
                var negative = -double.Parse(_tokens[_at++].Text, CultureInfo.InvariantCulture);
                return _ => negative;
            case TokenKind.Symbol when Take("("):
                var inner = Or();
                Expect(")");
                return inner;
            case TokenKind.Name:
                return Word();
            default:
                throw Unexpected("a value, event.<member>, has(...) or a parenthesis");
        }
    }

    private Evaluate Word()
    {
        var word = _tokens[_at++].Text;
        switch (word)
        {
            case "true" or "false":
                return _ => word == "true";
            case "null":
                return _ => null;
            case "has":
                Expect("(");
                if (Current.Text != "event")
                {
                    throw Unexpected("event.<member>");
                }

                _at++;
                var asked = Path();
                Expect(")");
                return e => Find(e, asked) is not null;
            case "event":
                return Member();
            default:
                _at--;
                throw Unexpected("event, has, true, false or null");
        }
    }

    private Evaluate Member()
    {
        var path = Path();
        Evaluate value = e => Value(Find(e, path) ?? throw new MatchEvaluationException($"the event has no {string.Join('.', path)}."));
        if (!Take("("))
        {
            return value;
        }

        var method = path[^1];
        var owner = path[..^1];
        var argument = Or();
        Expect(")");
        Func<string, string, bool> test = method switch
        {
            "startsWith" => (text, part) => text.StartsWith(part, StringComparison.Ordinal),
            "endsWith" => (text, part) => text.EndsWith(part, StringComparison.Ordinal),
            "contains" => (text, part) => text.Contains(part, StringComparison.Ordinal),
            _ => throw new MatchSyntaxException($"the function '{method}' is not supported; startsWith, endsWith and contains are."),
        };
        return e => Value(Find(e, owner)) is string text && argument(e) is string part
            ? test(text, part)
            : throw new MatchEvaluationException($"{method} needs text.");
    }

    private List<string> Path()
    {
        var path = new List<string>();
        while (true)
        {
            if (Take("."))
            {
                path.Add(Current.Kind == TokenKind.Name ? _tokens[_at++].Text : throw Unexpected("a member's name"));
            }
            else if (Take("["))
            {
                path.Add(Current.Kind == TokenKind.Text ? _tokens[_at++].Text : throw Unexpected("a member's name in quotes"));
                Expect("]");
            }
            else
            {
                return path.Count > 0 ? path : throw Unexpected("'.' and a member's name");
            }
        }
    }

    private List<Evaluate> List()
    {
        var items = new List<Evaluate>();
        Expect("[");
        while (!Take("]"))
        {
            items.Add(Primary());
            if (Current.Text != "]")
            {
                Expect(",");
            }
        }

        return items;
    }

    private bool Take(string symbol)
    {
        if (Current.Kind != TokenKind.Symbol || Current.Text != symbol)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(string symbol)
    {
        if (!Take(symbol))
        {
            throw Unexpected($"'{symbol}'");
        }
    }

    private MatchSyntaxException Unexpected(string wanted) =>
        new($"'{Current.Text}' at position {Current.Position} of '{rule}' is not understood; {wanted} belongs there.");

    private static JsonNode? Find(JsonObject cloudEvent, List<string> path)
    {
        JsonNode? node = cloudEvent;
        foreach (var name in path)
        {
            node = node is JsonObject parent ? parent[name] : null;
        }

        return node;
    }

    private static object? Value(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.Number => double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static bool Truth(object? value) => value is bool truth ? truth : throw new MatchEvaluationException("a condition is neither true nor false.");

    private static int Compare(object? left, object? right) => (left, right) switch
    {
        (double a, double b) => a.CompareTo(b),
        (string a, string b) => string.CompareOrdinal(a, b),
        _ => throw new MatchEvaluationException("values of different kinds have no order."),
    };
}
