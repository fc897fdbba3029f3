using System.Text;

namespace Grpc.Core;

/// <summary>What the transport knows about the caller, such as its client certificate.</summary>
/// <param name="peerIdentityPropertyName">The property that names the caller; null when it is not authenticated.</param>
/// <param name="properties">Properties by name.</param>
public class AuthContext(string? peerIdentityPropertyName, Dictionary<string, List<AuthProperty>> properties)
{
    /// <summary>Whether the transport authenticated the caller.</summary>
    public bool IsPeerAuthenticated => peerIdentityPropertyName is not null;

    /// <summary>The property that names the caller.</summary>
    public string? PeerIdentityPropertyName => peerIdentityPropertyName;

    /// <summary>The names of the caller.</summary>
    public IEnumerable<AuthProperty> PeerIdentity => peerIdentityPropertyName is null ? [] : FindPropertiesByName(peerIdentityPropertyName);

    /// <summary>All properties.</summary>
    public IEnumerable<AuthProperty> Properties => properties.Values.SelectMany(p => p);

    /// <summary>The properties with a name.</summary>
    public IEnumerable<AuthProperty> FindPropertiesByName(string propertyName) => properties.TryGetValue(propertyName, out var found) ? found : [];
}

/// <summary>One fact the transport knows about the caller.</summary>
public class AuthProperty
{
    private readonly byte[] _value;

    private AuthProperty(string name, byte[] value)
    {
        Name = name;
        _value = value;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The value as text.</summary>
    public string Value => Encoding.UTF8.GetString(_value);

    /// <summary>A copy of the value as bytes.</summary>
    public byte[] ValueBytes => [.. _value];

    /// <summary>Creates a property.</summary>
    public static AuthProperty Create(string name, byte[] valueBytes)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(valueBytes);
        return new AuthProperty(name, [.. valueBytes]);
    }
}
