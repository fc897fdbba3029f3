using Grpc.Core;

namespace Ecosystem.Grpc.Client.Calls;

/// <summary>Asks call credentials for the metadata of a call.</summary>
internal static class CallCredentialsReader
{
    public static async Task AddAsync(CallCredentials credentials, AuthInterceptorContext context, Metadata metadata)
    {
        var functions = new Functions();
        credentials.InternalPopulateConfiguration(functions, null);
        foreach (var add in functions.Found)
        {
            await add(context, metadata);
        }
    }

    private sealed class Functions : CallCredentialsConfiguratorBase
    {
        public List<AsyncAuthInterceptor> Found { get; } = [];

        public override void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials)
        {
            foreach (var part in credentials)
            {
                part.InternalPopulateConfiguration(this, state);
            }
        }

        public override void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor) => Found.Add(interceptor);
    }
}
