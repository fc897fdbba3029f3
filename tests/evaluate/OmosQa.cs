using System.Text.Json;
using Ecosystem.Search;

namespace Ecosystem.Evaluate;

/// <summary>
/// OMoS-QA (Kleinle et al., 2024), the pages of Munich: questions of newcomers to a city, pages of its integration guide. Only questions that a
/// page answers are asked.
/// </summary>
internal static class OmosQa
{
    /// <summary>What "clearly above plain BM25" means here.</summary>
    private const double Above = 0.05;

    public static void Run(string folder, Report report)
    {
        foreach (string language in (string[])["de", "en"]) Run(Path.Combine(folder, $"munich_{language}.jsonl"), language, report);
    }

    /// <summary>The pages by their ids, and the questions that one of them answers.</summary>
    public static (Dictionary<string, string> Pages, List<Question> Questions) Read(string file)
    {
        var pages = new Dictionary<string, string>(StringComparer.Ordinal);
        var questions = new List<Question>();
        foreach (string line in File.ReadLines(file))
        {
            using JsonDocument record = JsonDocument.Parse(line);
            JsonElement root = record.RootElement;
            string page = root.GetProperty("pageId").ToString();
            pages[page] = root.GetProperty("context").GetString()!;
            if (root.GetProperty("answers").GetArrayLength() > 0)
            {
                questions.Add(new Question(root.GetProperty("question").GetString()!, new HashSet<string>(StringComparer.Ordinal) { page }));
            }
        }
        return (pages, questions);
    }

    private static void Run(string file, string language, Report report)
    {
        (Dictionary<string, string> pages, List<Question> questions) = Read(file);
        Metrics baseline = Metrics.Of(questions, new PlainBm25(pages.Select(page => (page.Key, page.Value))).Rank);
        SearchIndex index = Index(pages, language);
        Metrics ours = Metrics.Of(questions, text => index.Search(
            new SearchQuery { Text = text, Language = language, Operators = false, PageSize = 10, SnippetLength = 0 }).Hits.Select(hit => hit.Id));
        foreach (string metric in (string[])["mrr@10", "ndcg@10"])
        {
            report.Line("search", $"omos-munich-{language}", metric, ours[metric], baseline[metric]);
            report.AtLeast("search", $"omos-munich-{language}", metric, ours[metric], baseline[metric] + Above);
        }
        report.AtLeast("search", $"omos-munich-{language}", "ndcg@10", ours["ndcg@10"], 0.82);
    }

    private static SearchIndex Index(Dictionary<string, string> pages, string language)
    {
        var index = new SearchIndex(new SearchSchema().Text("title", boost: 2, lengthNormalization: 0.5).Text("text"));
        index.PutMany(pages.Select(page =>
        {
            int titleEnd = page.Value.IndexOf('\n', StringComparison.Ordinal);
            string title = titleEnd < 0 ? page.Value : page.Value[..titleEnd];
            return new SearchDocument(page.Key, [SearchField.Text("title", title, language), SearchField.Text("text", page.Value, language)]);
        }));
        return index;
    }
}
