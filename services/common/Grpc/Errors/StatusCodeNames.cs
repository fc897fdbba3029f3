using System.Text;
using Grpc.Core;

namespace Ecosystem.Grpc;

/// <summary>The names of codes as the protocol writes them, as in PERMISSION_DENIED (grpc/grpc, doc/statuscodes.md).</summary>
internal static class StatusCodeNames
{
    private static readonly string[] Names = [.. Enum.GetValues<StatusCode>().Order().Select(Spell)];

    public static string Of(StatusCode code) => (int)code >= 0 && (int)code < Names.Length ? Names[(int)code] : Names[(int)StatusCode.Unknown];

    private static string Spell(StatusCode code)
    {
        if (code == StatusCode.OK)
        {
            return "OK";
        }

        var name = new StringBuilder();
        foreach (var c in code.ToString())
        {
            _ = char.IsUpper(c) && name.Length > 0 ? name.Append('_').Append(c) : name.Append(char.ToUpperInvariant(c));
        }

        return name.ToString();
    }
}
