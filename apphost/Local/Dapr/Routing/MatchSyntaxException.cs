namespace Ecosystem.AppHost.Local.Dapr.Routing;

/// <summary>A routing rule is not understood. The message says where and what is.</summary>
internal sealed class MatchSyntaxException : Exception
{
    public MatchSyntaxException()
    {
    }

    public MatchSyntaxException(string message)
        : base(message)
    {
    }

    public MatchSyntaxException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
