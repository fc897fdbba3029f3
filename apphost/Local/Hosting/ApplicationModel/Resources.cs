namespace Aspire.Hosting.ApplicationModel;

/// <summary>A .NET project of this repository, started as a process of its own.</summary>
internal sealed class ProjectResource(string name, string projectPath)
    : Resource(name), IResourceWithEnvironment, IResourceWithServiceDiscovery, IResourceWithWaitSupport
{
    public string ProjectPath { get; } = projectPath;
}

/// <summary>A value that is generated once and kept, such as a client secret.</summary>
internal sealed class ParameterResource(string name, GenerateParameterDefault value, bool secret) : Resource(name)
{
    public GenerateParameterDefault Default { get; } = value;

    public bool Secret { get; } = secret;
}

internal sealed class GenerateParameterDefault
{
    public required int MinLength { get; init; }

    public bool Special { get; init; } = true;
}
