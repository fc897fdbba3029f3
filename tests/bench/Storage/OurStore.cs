using Ecosystem.Storage;

namespace Ecosystem.Bench.Storage;

/// <summary>The store as a service has it.</summary>
internal sealed class OurStore : IPlace
{
    private readonly IHost _host;

    private OurStore(IHost host) => _host = host;

    private IDocumentStore Documents => _host.Services.GetRequiredService<IDocumentStore>();

    public static async Task<OurStore> OpenAsync(string connectionString)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Bench" });
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:bench", connectionString)]);
        builder.AddDocumentStore(Register.Type);
        var host = builder.Build();
        await host.StartAsync();
        return new OurStore(host);
    }

    public async Task WriteAsync(Register register)
    {
        await using var session = Documents.OpenSession();
        session.Store(register);
        await session.SaveChangesAsync();
    }

    public async Task WriteAsync(IEnumerable<Register> registers)
    {
        await using var session = Documents.OpenSession();
        foreach (var register in registers)
            session.Store(register);
        await session.SaveChangesAsync();
    }

    public async Task<Register> ReadAsync(string id)
    {
        await using var session = Documents.OpenSession();
        return (await session.LoadAsync<Register>(id))!;
    }

    public async Task<int> QueryAsync(string city)
    {
        await using var session = Documents.OpenSession();
        var page = await session.QueryAsync(DocumentQuery.For(Register.Type).Where("city", city).OrderBy("size"));
        return page.Items.Count;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
