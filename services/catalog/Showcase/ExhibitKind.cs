using Ecosystem.Catalog.Following;
using Ecosystem.Catalog.Rules;
using Ecosystem.Common.V1;
using Ecosystem.Search;
using Ecosystem.Storage;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Catalog.Showcase;

/// <summary>
/// A kind of thing that organisations of the region show (S19): its rules, its place in searches, and what others are told. How such things are
/// registered, changed, found and taken away is the same for all kinds. The contract calls the common fields by the same names.
/// </summary>
internal abstract class ExhibitKind<T>
    where T : class, IMessage<T>, new()
{
    private static readonly MessageDescriptor Contract = new T().Descriptor;

    private static readonly HashSet<string> SetByTheCatalogue = ["id", "etag", "provider", "create_time", "update_time"];

    protected ExhibitKind(string storedAs)
    {
        Type = new DocumentType<ExhibitDocument<T>>(storedAs, d => d.Id)
            .Index("registered", d => d.Id) // UUIDv7: the order of identifiers is the order of registration
            .Index("provider", d => ProviderOf(d.Resource).Id)
            .Index("changed", d => UpdateTimeOf(d.Resource).Milliseconds());
    }

    public DocumentType<ExhibitDocument<T>> Type { get; }

    /// <summary>What people call one of them, in English.</summary>
    public abstract string Name { get; }

    /// <summary>The field of requests that carries one.</summary>
    public abstract string Field { get; }

    /// <summary>The fields that the provider decides on; all others are the catalogue's.</summary>
    public IReadOnlySet<string> Settable { get; } =
        Contract.Fields.InDeclarationOrder().Select(f => f.Name).Where(name => !SetByTheCatalogue.Contains(name)).ToHashSet(StringComparer.Ordinal);

    public abstract void Check(T resource, Violations violations);

    /// <summary>The texts and keywords by which it is found; see <see cref="ExhibitIndex{T}"/> for the fields.</summary>
    public abstract IEnumerable<SearchField> SearchFieldsOf(T resource);

    /// <summary>The areas it belongs to.</summary>
    public abstract IEnumerable<Area> AreasOf(T resource);

    public abstract IMessage Published(T resource, long version);

    public abstract IMessage Removed(T resource, long version);

    public static string IdOf(T resource) => (string)Accessor("id").GetValue(resource)!;

    public static string EtagOf(T resource) => (string)Accessor("etag").GetValue(resource)!;

    public static Timestamp? UpdateTimeOf(T resource) => (Timestamp?)Accessor("update_time").GetValue(resource);

    public static Organisation ProviderOf(T resource) => (Organisation)Accessor("provider").GetValue(resource)!;

    public static void Begin(T resource, string id, Organisation provider, Timestamp now)
    {
        Accessor("id").SetValue(resource, id);
        Accessor("etag").SetValue(resource, string.Empty);
        Accessor("provider").SetValue(resource, provider);
        Accessor("create_time").SetValue(resource, now);
    }

    public static void Touch(T resource, Timestamp now) => Accessor("update_time").SetValue(resource, now);

    public static T WithEtag(T resource, string etag)
    {
        T presented = resource.Clone();
        Accessor("etag").SetValue(presented, etag);
        return presented;
    }

    private static IFieldAccessor Accessor(string field) => Contract.FindFieldByName(field).Accessor;
}
