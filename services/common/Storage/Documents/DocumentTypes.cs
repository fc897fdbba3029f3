namespace Ecosystem.Storage;

/// <summary>The document types of one service.</summary>
public sealed class DocumentTypes
{
    private readonly Dictionary<Type, DocumentType> _byClrType = [];

    internal IReadOnlyCollection<DocumentType> All => _byClrType.Values;

    /// <summary>Adds a type.</summary>
    /// <exception cref="ArgumentException">Another type has the same name, or the class is declared twice.</exception>
    public DocumentTypes Add(DocumentType type)
    {
        if (_byClrType.TryGetValue(type.ClrType, out var known) && ReferenceEquals(known, type))
            return this;
        if (_byClrType.Values.Any(other => other.Name == type.Name))
            throw new ArgumentException($"Two document types are named '{type.Name}'.", nameof(type));
        if (!_byClrType.TryAdd(type.ClrType, type))
            throw new ArgumentException($"{type.ClrType.Name} is declared as two document types.", nameof(type));

        return this;
    }

    internal DocumentType Named(string name) => _byClrType.Values.FirstOrDefault(type => type.Name == name) ?? throw new StoreDamagedException(
        $"There are documents of '{name}', which this release does not know. Run the release that wrote them. Nothing was written.");

    internal DocumentType Of<T>() => _byClrType.TryGetValue(typeof(T), out var type)
        ? type
        : throw new InvalidOperationException(
            $"{typeof(T).Name} is not a document of this store. Add its DocumentType: builder.AddDocumentStore({typeof(T).Name}.Type).");
}
