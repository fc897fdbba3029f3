using System.Data.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Ecosystem.Storage;

/// <summary>Where the documents of this service are, as configured.</summary>
/// <param name="App">The app-id of the service.</param>
/// <param name="Kind">What keeps them.</param>
/// <param name="Address">A file, or a connection string of the driver.</param>
internal sealed record StoreLocation(string App, StoreKind Kind, string Address)
{
    private const string Examples = "use \"Host=...\" for PostgreSQL, \"mongodb://...\" for MongoDB or \"Data Source=...\" for SQLite";

    /// <exception cref="InvalidOperationException">Nothing usable is configured; the message says what to set.</exception>
    public static StoreLocation Of(IConfiguration configuration, IHostEnvironment environment, StorageOptions options)
    {
        var app = AppIdentity.Of(configuration, environment);
        if (configuration.GetConnectionString(app) is { Length: > 0 } connection)
            return FromConnectionString(app, connection);
        if (options.Path is { Length: > 0 } path)
            return new StoreLocation(app, StoreKind.Sqlite, InFolder(Path.Combine(environment.ContentRootPath, path), app));
        if (environment.IsDevelopment())
            return new StoreLocation(app, StoreKind.Sqlite, Path.Combine(environment.ContentRootPath, ".local", app + ".db"));

        throw new InvalidOperationException(
            $"No document store is configured. Set Storage:Path, or ConnectionStrings:{app}: {Examples}.");
    }

    private static StoreLocation FromConnectionString(string app, string connection)
    {
        if (connection.StartsWith("mongodb://", StringComparison.Ordinal) || connection.StartsWith("mongodb+srv://", StringComparison.Ordinal))
        {
            return StoreAdapters.Missing(StoreKind.MongoDb) is { } missing
                ? throw new InvalidOperationException($"ConnectionStrings:{app}: {missing}")
                : new StoreLocation(app, StoreKind.MongoDb, connection);
        }

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
            return new StoreLocation(app, StoreKind.Sqlite, (string)file);
        return parts.ContainsKey("Host")
            ? new StoreLocation(app, StoreKind.PostgreSql, connection)
            : throw new InvalidOperationException($"ConnectionStrings:{app} names no store: {Examples}.");
    }

    private static string InFolder(string path, string app) =>
        Directory.Exists(path) || !Path.HasExtension(path) ? Path.Combine(path, app + ".db") : path;
}
