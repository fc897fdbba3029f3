using System.Text.RegularExpressions;
using Ecosystem.Charts.Tests.Rendering;
using Ecosystem.Testing;

namespace Ecosystem.Charts.Tests;

/// <summary>
/// docs/operators.md, and what docs/partners.md has operators do, tell nothing that does not work: helm renders what its lines would install, kubectl and helm understand every line
/// up to the point where they miss a cluster, and every alert has its section.
/// </summary>
public sealed partial class OperatorsPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs/operators.md"));

    private static readonly string Partners = File.ReadAllText(Path.Combine(Repository.Root, "docs/partners.md"));

    public static TheoryData<string> HelmLines => [.. Commands("helm")];

    public static TheoryData<string> KubectlLines => [.. Commands("kubectl")];

    [SkippableTheory]
    [MemberData(nameof(HelmLines))]
    public async Task A_helm_line_is_understood_and_what_it_would_install_renders(string line)
    {
        var words = Words(line);
        var ending = await Helm.RunAsync(words);
        Assert.True(ending.ExitCode == 0 || ending.Errors.Contains("cluster unreachable", StringComparison.OrdinalIgnoreCase), ending.Errors);

        if (words[0] == "upgrade")
        {
            string[] onlyForUpgrades = ["--install", "--create-namespace", "--wait", "--rollback-on-failure"];
            var rendered = await Helm.RunAsync([
                "template", "--api-versions", "monitoring.coreos.com/v1", .. words.Skip(1).Where(word => !onlyForUpgrades.Contains(word))]);
            Assert.True(rendered.ExitCode == 0, rendered.Errors);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(KubectlLines))]
    public async Task A_kubectl_line_is_understood(string line)
    {
        if (line.EndsWith(" -f -", StringComparison.Ordinal))
            return; // what it applies comes from the command before it, which is a line of its own here

        await File.WriteAllTextAsync(Path.Combine(await Helm.FolderAsync(), "signing-key.pem"), "made by the line before");
        var ending = await Helm.KubectlAsync([.. Words(line), "--server", "http://127.0.0.1:9"]);

        Assert.True(ending.ExitCode == 0 || ending.Errors.Contains("127.0.0.1:9", StringComparison.Ordinal), ending.Errors);
    }

    [Fact]
    public void Every_alert_of_the_chart_says_where_to_read_on_and_that_section_is_there()
    {
        var alerts = File.ReadAllText(Path.Combine(Repository.Root, "charts/ecosystem/files/alerts.yaml"));
        var names = Alert().Matches(alerts).Select(match => match.Groups["name"].Value).ToList();

        Assert.NotEmpty(names);
        Assert.Equal(names.Order(), Section().Matches(Page).Select(match => match.Groups["name"].Value).Order());
        Assert.All(names, name => Assert.Contains($"runbook: docs/operators.md#{name.ToLowerInvariant()}\n", alerts, StringComparison.Ordinal));
    }

    [Fact]
    public void Values_that_the_page_names_exist()
    {
        var values = File.ReadAllText(Path.Combine(Repository.Root, "charts/ecosystem/values.schema.json"));
        foreach (Match name in Value().Matches(Page))
        {
            var member = name.Groups["member"].Value;
            Assert.True(values.Contains($"\"{member}\"", StringComparison.Ordinal), $"{name.Value} is no value of the chart");
        }
    }

    [Fact]
    public void Links_within_the_page_lead_somewhere()
    {
        var headings = Heading().Matches(Page).Select(match => match.Groups["text"].Value.Trim().ToLowerInvariant().Replace(' ', '-')).ToHashSet();
        Assert.All(Link().Matches(Page), link => Assert.Contains(link.Groups["anchor"].Value, headings));
    }

    /// <summary>The lines of the page's code blocks that call <paramref name="program"/>, continuation lines joined, parts of a pipe one by one.</summary>
    private static IEnumerable<string> Commands(string program) => Block().Matches(Page).Concat(Block().Matches(Partners))
        .SelectMany(block => block.Groups["code"].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
        .SelectMany(line => line.Split(" | "))
        .Select(line => Redirection().Replace(line, "").Trim())
        .Where(line => line.StartsWith(program + " ", StringComparison.Ordinal))
        .Distinct();

    /// <summary>As a shell splits them; what it would fill in is a constant.</summary>
    private static string[] Words(string line)
    {
        var filled = Variable().Replace(Substitution().Replace(line, "filled-in"), "filled-in");
        return [.. Word().Matches(filled).Select(word => word.Value.Replace("\"", "", StringComparison.Ordinal)).Skip(1)];
    }

    [GeneratedRegex(@"```bash\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();

    [GeneratedRegex(@"\s>\s.*$", RegexOptions.None, 1000)]
    private static partial Regex Redirection();

    [GeneratedRegex(@"\$\([^)]*\)", RegexOptions.None, 1000)]
    private static partial Regex Substitution();

    [GeneratedRegex(@"\$[A-Z_]+", RegexOptions.None, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex("""(?:[^\s"]|"[^"]*")+""", RegexOptions.None, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"^\s+- alert: (?<name>\w+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Alert();

    [GeneratedRegex(@"^### (?<name>Ecosystem\w+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Section();

    [GeneratedRegex(@"`(?:services\.<name>|identity|telemetry|networkPolicy|backup|monitoring|image|store)\.(?:\w+\.)*(?<member>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Value();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\(#(?<anchor>[^)]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
