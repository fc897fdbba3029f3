using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ecosystem.Storage;

/// <summary>A kind of document: its name in the store, its identifier, its indexes and its version. Declared once, see <see cref="DocumentType{T}"/>.</summary>
public abstract partial class DocumentType
{
    private readonly List<DocumentIndex> _indexes = [];
    private readonly List<Action<JsonObject>> _upgrades = [];

    private protected DocumentType(string name, Type clrType)
    {
        if (!NameRule().IsMatch(name))
            throw new ArgumentException($"'{name}' is no name for a document type: lower case letters, digits and underscores, at most 40.", nameof(name));

        Name = name;
        ClrType = clrType;
    }

    /// <summary>The name in the store: lower case letters, digits and underscores. Never rename it: the documents are found by it.</summary>
    public string Name { get; }

    /// <summary>The version this release writes: 1 plus the number of declared upgrades.</summary>
    public int Version => _upgrades.Count + 1;

    internal Type ClrType { get; }

    internal IReadOnlyList<DocumentIndex> Indexes => _indexes;

    internal abstract string IdOf(object document);

    internal DocumentIndex IndexNamed(string name) =>
        _indexes.Find(index => index.Name == name) ?? throw new ArgumentException(
            $"'{Name}' declares no index '{name}'. Declared are: {string.Join(", ", _indexes.Select(index => index.Name))}.", nameof(name));

    /// <summary>The values of each declared index, in the order of declaration.</summary>
    internal IReadOnlyList<IReadOnlyList<object?>> IndexValuesOf(object document) => [.. _indexes.Select(index => index.Values(document).ToList())];

    /// <summary>Brings a body of an older version to the present one, step by step.</summary>
    internal void Upgrade(JsonObject body, int fromVersion)
    {
        foreach (var upgrade in _upgrades.Skip(fromVersion - 1))
            upgrade(body);
    }

    private protected void Declare(DocumentIndex index)
    {
        if (!NameRule().IsMatch(index.Name) || index.Name is "id" or "revision" or "version" or "body")
            throw new ArgumentException($"'{index.Name}' is no name for an index: lower case letters, digits and underscores, none of id, revision, version, body.", nameof(index));
        if (_indexes.Exists(known => known.Name == index.Name))
            throw new ArgumentException($"'{Name}' declares the index '{index.Name}' twice.", nameof(index));

        _indexes.Add(index);
    }

    private protected void Declare(Action<JsonObject> upgrade) => _upgrades.Add(upgrade);

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameRule();
}

/// <summary>Declares how documents of <typeparamref name="T"/> are stored. Keep it in a static field beside the document.</summary>
/// <typeparam name="T">A class or record that System.Text.Json can write and read; protobuf messages in it are stored as proto3 JSON.</typeparam>
public sealed class DocumentType<T> : DocumentType
    where T : class
{
    private readonly Func<T, string> _id;

    /// <summary>Declares the type.</summary>
    /// <param name="name">The name in the store, plural, lower case with underscores: <c>data_assets</c>.</param>
    /// <param name="id">Reads the identifier of a document.</param>
    public DocumentType(string name, Func<T, string> id)
        : base(name, typeof(T)) => _id = id;

    /// <summary>An index with one value per document: equality, range, prefix, ordering. Text compares by code point.</summary>
    public DocumentType<T> Index<TValue>(string name, Func<T, TValue?> value) => One(name, value, isUnique: false);

    /// <summary>As <see cref="Index{TValue}"/>, and no two documents may share a value. Documents without a value are not compared.</summary>
    public DocumentType<T> Unique<TValue>(string name, Func<T, TValue?> value) => One(name, value, isUnique: true);

    /// <summary>An index with any number of values per document: contains-any. No ordering.</summary>
    public DocumentType<T> IndexMany(string name, Func<T, IEnumerable<string>?> values)
    {
        Declare(new DocumentIndex(name, IndexKind.Text, IsMany: true, IsUnique: false,
            document => (values((T)document) ?? []).Distinct(StringComparer.Ordinal)));
        return this;
    }

    /// <summary>
    /// Declares the step from the last version to the next. Documents are upgraded when they are read and written back in the
    /// new version when they are next saved. The first call declares the step from 1 to 2. Never change or remove a released step.
    /// </summary>
    public DocumentType<T> Upgrade(Action<JsonObject> step)
    {
        Declare(step);
        return this;
    }

    internal override string IdOf(object document)
    {
        var id = _id((T)document);
        return string.IsNullOrEmpty(id) ? throw new ArgumentException($"A document of '{Name}' has no identifier.", nameof(document)) : id;
    }

    private DocumentType<T> One<TValue>(string name, Func<T, TValue?> value, bool isUnique)
    {
        Declare(new DocumentIndex(name, IndexValue.KindOf(typeof(TValue)), IsMany: false, isUnique,
            document => [IndexValue.Of(value((T)document))]));
        return this;
    }
}
