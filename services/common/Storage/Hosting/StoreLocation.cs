using System.Data.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Ecosystem.Storage;

/// <summary>Where the documents of this service are, as configured.</summary>
/// <param name="App">The app-id of the service.</param>
/// <param name="File">The embedded store.</param>
/// <param name="PostgreSql">A connection string of Npgsql.</param>
internal sealed record StoreLocation(string App, string? File, string? PostgreSql)
{
    /// <exception cref="InvalidOperationException">Nothing usable is configured; the message says what to set.</exception>
    public static StoreLocation Of(IConfiguration configuration, IHostEnvironment environment, StorageOptions options)
    {
        var app = AppIdentity.Of(configuration, environment);
        if (configuration.GetConnectionString(app) is { Length: > 0 } connection)
            return FromConnectionString(app, connection);
        if (options.Path is { Length: > 0 } path)
            return new StoreLocation(app, InFolder(System.IO.Path.Combine(environment.ContentRootPath, path), app), PostgreSql: null);
        if (environment.IsDevelopment())
            return new StoreLocation(app, System.IO.Path.Combine(environment.ContentRootPath, ".local", app + ".db"), PostgreSql: null);

        throw new InvalidOperationException(
            $"No document store is configured. Set ConnectionStrings:{app} (\"Host=...\" for PostgreSQL, \"Data Source=...\" for SQLite) or Storage:Path.");
    }

    private static StoreLocation FromConnectionString(string app, string connection)
    {
        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = connection;
        }
        catch (ArgumentException malformed)
        {
            throw new InvalidOperationException($"ConnectionStrings:{app} cannot be read: {malformed.Message}", malformed);
        }

        if (parts.TryGetValue("Data Source", out var file))
            return new StoreLocation(app, (string)file, PostgreSql: null);
        return parts.ContainsKey("Host")
            ? new StoreLocation(app, File: null, connection)
            : throw new InvalidOperationException($"ConnectionStrings:{app} names no store: use \"Host=...\" for PostgreSQL or \"Data Source=...\" for SQLite.");
    }

    private static string InFolder(string path, string app) =>
        Directory.Exists(path) || !System.IO.Path.HasExtension(path) ? System.IO.Path.Combine(path, app + ".db") : path;
}
