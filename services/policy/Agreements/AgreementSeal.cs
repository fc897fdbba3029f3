using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ecosystem.Policy.V1;
using Microsoft.AspNetCore.WebUtilities;

namespace Ecosystem.Policy.Agreements;

/// <summary>Signs what was agreed (RFC 7515, flattened JSON serialisation), so that it can be shown elsewhere and cannot be changed here.</summary>
internal sealed class AgreementSeal(Ledger.LedgerKey key)
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Sign(Agreement agreement, DateTimeOffset now)
    {
        var header = Part(new { alg = "ES256", kid = key.Id, typ = "agreement+jws" });
        var payload = Part(new
        {
            agreement = agreement.Id,
            dataAsset = agreement.DataAssetId,
            assigner = agreement.Assigner.Id,
            assignee = agreement.Assignee.Id,
            agreement.Question,
            agreement.Purpose,
            agreement.LegalBasis,
            start = agreement.Period.Start.ToDateTimeOffset(),
            end = agreement.Period.End.ToDateTimeOffset(),
            agreement.PolicySha256,
            permit = agreement.Permit?.ToString(),
            concluded = now,
        });
        var signature = WebEncoders.Base64UrlEncode(key.Sign(Encoding.ASCII.GetBytes($"{header}.{payload}")));
        return JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["protected"] = header, ["payload"] = payload, ["signature"] = signature });
    }

    private static string Part<T>(T value) => WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(value, Plain));
}
