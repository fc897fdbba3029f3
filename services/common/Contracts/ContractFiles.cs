using System.Reflection;
using Google.Protobuf.Reflection;

namespace Ecosystem.Contracts;

/// <summary>The contracts of the ecosystem as descriptors, for whoever works on all of them: reflection, documentation, tests.</summary>
public static class ContractFiles
{
    /// <summary>Every <c>.proto</c> file of the packages <c>ecosystem.*</c>, by name.</summary>
    public static IReadOnlyList<FileDescriptor> All { get; } =
    [
        .. typeof(ContractFiles).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
            .OfType<FileDescriptor>()
            .Where(file => file.Package.StartsWith("ecosystem.", StringComparison.Ordinal))
            .OrderBy(file => file.Name, StringComparer.Ordinal),
    ];

    /// <summary>Every service of <see cref="All"/>, by full name.</summary>
    public static IReadOnlyList<ServiceDescriptor> Services { get; } =
        [.. All.SelectMany(file => file.Services).OrderBy(service => service.FullName, StringComparer.Ordinal)];

    /// <summary>
    /// The services of <see cref="Services"/> that the gateway offers: not those of <c>ecosystem.messaging.v1</c>, which every service
    /// serves for itself and for its operators only.
    /// </summary>
    public static IReadOnlyList<ServiceDescriptor> Public { get; } =
        [.. Services.Where(service => service.File.Package != "ecosystem.messaging.v1")];
}
