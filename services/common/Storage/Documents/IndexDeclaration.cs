using System.Text.Json;

namespace Ecosystem.Storage;

/// <summary>What the store remembers of an index, to see at the next start what was added, changed or removed.</summary>
internal sealed record IndexDeclaration(string Name, IndexKind Kind, bool IsMany, bool IsUnique)
{
    public static IndexDeclaration Of(DocumentIndex index) => new(index.Name, index.Kind, index.IsMany, index.IsUnique);

    public static string Write(DocumentType type) => JsonSerializer.Serialize(type.Indexes.Select(Of));

    public static IReadOnlyList<IndexDeclaration> Read(string json) => JsonSerializer.Deserialize<List<IndexDeclaration>>(json) ?? [];
}
