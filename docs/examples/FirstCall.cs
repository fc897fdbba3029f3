using System.Net.Http.Json;
using System.Text.Json;
using Ecosystem.Catalog.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Integrator;

internal static class FirstCall
{
    public static async Task<Competence> PlayAsync(Uri ecosystemGrpc, Uri identity, string integratorSecret)
    {
        using var http = new HttpClient();
        var answer = await http.PostAsync(new Uri(identity, "/realms/ecosystem/protocol/openid-connect/token"), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "integrator",
            ["client_secret"] = integratorSecret,
        }));
        var token = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();

        using var channel = GrpcChannel.ForAddress(ecosystemGrpc);
        return await new CompetenceService.CompetenceServiceClient(channel).CreateCompetenceAsync(
            new CreateCompetenceRequest
            {
                Competence = new Competence
                {
                    Title = new() { Values = { ["en"] = "Segmentation of images (example)" } },
                    Description = new() { Values = { ["en"] = "An example that marks findings in images." } },
                    Methods = { "segmentation" },
                    Evidence = { new Evidence { Kind = Evidence.Types.Kind.Benchmark, Statement = "An example.", Url = "https://competence.example/" } },
                },
            },
            new Metadata { { "authorization", $"Bearer {token}" } });
    }
}
