using CommunityToolkit.Aspire.Hosting.Dapr;

namespace Ecosystem.AppHost.Local.Running;

/// <summary>Writes the YAML of a component whose values the topology declares. It has a password in it, so only its owner may read it.</summary>
internal static class ComponentFile
{
    /// <summary>Returns the file, in a folder of the state directory that has nothing else in it.</summary>
    public static string Write(IDaprComponentResource component, StateDirectory state)
    {
        // JSON is YAML, and there is nothing to escape that it does not know.
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(state.Root, "components")).FullName, component.Name + ".yaml");
        JsonFile.Write(
            file,
            new
            {
                apiVersion = "dapr.io/v1alpha1",
                kind = "Component",
                metadata = new { name = component.Name },
                spec = new
                {
                    type = component.Type,
                    version = "v1",
                    metadata = component.Annotations.OfType<DaprComponentMetadataAnnotation>().Select(m => new { name = m.Name, value = m.Value.Value }),
                },
            },
            secret: true);
        return file;
    }
}
