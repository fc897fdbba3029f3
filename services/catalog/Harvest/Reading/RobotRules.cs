using System.Globalization;

namespace Ecosystem.Catalog.Harvest.Reading;

/// <summary>What a site asks of programs that read it (robots.txt, RFC 9309).</summary>
internal sealed class RobotRules
{
    private readonly List<(string Path, bool IsAllowed)> _rules = [];

    /// <summary>A site without rules.</summary>
    public static RobotRules None { get; } = new();

    /// <summary>How long it wants programs to wait between two requests.</summary>
    public TimeSpan Delay { get; private set; }

    /// <summary>The rules for a program: those of the groups that name it, else those for all.</summary>
    public static RobotRules Read(string text, string program)
    {
        var named = new RobotRules();
        var general = new RobotRules();
        bool isNamed = false;
        List<RobotRules> group = [];
        bool inAgents = false;
        foreach (string line in text.Split('\n').Select(l => l.Split('#')[0].Trim()))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                continue;
            }

            string key = line[..colon].Trim();
            string value = line[(colon + 1)..].Trim();
            if (key.Equals("user-agent", StringComparison.OrdinalIgnoreCase))
            {
                group = inAgents ? group : [];
                inAgents = true;
                if (value == "*")
                {
                    group.Add(general);
                }
                else if (value.Length > 0 && program.Contains(value, StringComparison.OrdinalIgnoreCase))
                {
                    isNamed = true;
                    group.Add(named);
                }

                continue;
            }

            inAgents = false;
            group.ForEach(rules => rules.Add(key, value));
        }

        return isNamed ? named : general;
    }

    /// <summary>The longest rule that fits decides; where two are equally long, the one that allows.</summary>
    public bool Allows(string pathAndQuery) => _rules
        .Where(r => Fits(r.Path, pathAndQuery))
        .OrderByDescending(r => r.Path.Length).ThenByDescending(r => r.IsAllowed)
        .Select(r => r.IsAllowed)
        .DefaultIfEmpty(true)
        .First();

    private void Add(string key, string value)
    {
        if (key.Equals("crawl-delay", StringComparison.OrdinalIgnoreCase) && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds))
        {
            Delay = TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 60));
        }
        else if (value.Length > 0 && key.Equals("disallow", StringComparison.OrdinalIgnoreCase))
        {
            _rules.Add((value, false));
        }
        else if (value.Length > 0 && key.Equals("allow", StringComparison.OrdinalIgnoreCase))
        {
            _rules.Add((value, true));
        }
    }

    /// <summary><c>*</c> stands for anything and <c>$</c> for the end. The parts are looked for in order, so a rule cannot take long.</summary>
    private static bool Fits(string rule, string path)
    {
        bool toEnd = rule.EndsWith('$');
        string[] parts = rule.TrimEnd('$').Split('*');
        if (!path.StartsWith(parts[0], StringComparison.Ordinal))
        {
            return false;
        }

        int at = parts[0].Length;
        foreach (string part in parts.Skip(1))
        {
            int found = path.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at = found + part.Length;
        }

        return !toEnd || at == path.Length || (parts.Length > 1 && path.EndsWith(parts[^1], StringComparison.Ordinal));
    }
}
