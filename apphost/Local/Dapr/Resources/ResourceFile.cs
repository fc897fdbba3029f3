using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Ecosystem.AppHost.Local.Dapr.Resources;

/// <summary>Reads Dapr's YAML resources. What a kind declares beyond what the sidecar supports is refused where it would change behaviour.</summary>
internal static partial class ResourceFile
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .IgnoreUnmatchedProperties()
        .Build();

    /// <summary>Reads every document of the given files and of the *.yaml files in the given directories.</summary>
    /// <exception cref="InvalidDataException">A file is not Dapr YAML; the message names it.</exception>
    public static ResourceSet Read(IEnumerable<string> paths)
    {
        var set = new ResourceSet();
        var files = paths.SelectMany(path => Directory.Exists(path) ? Directory.GetFiles(path, "*.y*ml") : [path]);
        foreach (var file in files.Select(Path.GetFullPath).Distinct().Order(StringComparer.Ordinal))
        {
            foreach (var document in DocumentSeparator().Split(File.ReadAllText(file)).Where(d => !string.IsNullOrWhiteSpace(CommentLine().Replace(d, ""))))
            {
                try
                {
                    Add(set, document);
                }
                catch (Exception e) when (e is YamlException or InvalidDataException)
                {
                    throw new InvalidDataException($"'{file}' cannot be used: {e.InnerException?.Message ?? e.Message}", e);
                }
            }
        }

        return set;
    }

    private static void Add(ResourceSet set, string document)
    {
        var kind = Yaml.Deserialize<ResourceHeader>(document).Kind;
        switch (kind)
        {
            case "Component":
                set.Components.Add(Yaml.Deserialize<ComponentResource>(document));
                break;
            case "Subscription":
                set.Subscriptions.Add(Yaml.Deserialize<SubscriptionResource>(document));
                break;
            case "Resiliency":
                set.Resiliencies.Add(Yaml.Deserialize<ResiliencyResource>(document));
                break;
            case "Configuration" or "HTTPEndpoint":
                break;
            default:
                throw new InvalidDataException($"kind '{kind}' is none of Component, Subscription, Resiliency, Configuration.");
        }
    }

    [GeneratedRegex(@"^---\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DocumentSeparator();

    [GeneratedRegex("^\\s*#.*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CommentLine();
}

internal sealed class ResourceSet
{
    public List<ComponentResource> Components { get; } = [];

    public List<SubscriptionResource> Subscriptions { get; } = [];

    public List<ResiliencyResource> Resiliencies { get; } = [];
}
