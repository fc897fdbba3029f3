namespace Ecosystem.Bench.Storage;

/// <summary>Where documents are written and read: ours, or the bare driver doing the same statements.</summary>
internal interface IPlace : IAsyncDisposable
{
    Task WriteAsync(Register register);

    Task<Register> ReadAsync(string id);
}
