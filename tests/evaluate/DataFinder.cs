using System.Text.Json;
using Ecosystem.Search;

namespace Ecosystem.Evaluate;

/// <summary>DataFinder (Viswanathan et al., 2023): which data sets suit a research idea, told as key phrases, as a sentence, or as a whole abstract.</summary>
internal static class DataFinder
{
    /// <summary>The forms of an idea, with the names of their sets.</summary>
    public static readonly (string Form, string Set)[] Forms =
        [("keyphrase_query", "datafinder-keyphrase"), ("query", "datafinder-sentence"), ("abstract", "datafinder-abstract")];

    public static void Run(string folder, Report report)
    {
        List<(string Id, string Title, string[] Names, string Text)> documents = [.. Documents(Path.Combine(folder, "documents.jsonl"))];
        var plain = new PlainBm25(documents.Select(document => (document.Id, $"{string.Join(' ', document.Names)} {document.Title} {document.Text}")));
        SearchIndex index = Index(documents);
        foreach ((string form, string set) in Forms)
        {
            List<Question> questions = [.. Questions(Path.Combine(folder, "queries.jsonl"), form)];
            Metrics baseline = Metrics.Of(questions, plain.Rank);
            Metrics ours = Metrics.Of(questions, text => index.Search(
                new SearchQuery { Text = text, Language = "en", Operators = false, TolerateTypos = false, PageSize = 10, SnippetLength = 0 }).Hits.Select(hit => hit.Id));
            foreach (string metric in (string[])["r@5", "r@10", "mrr@10", "ndcg@10"]) report.Line("search", set, metric, ours[metric], baseline[metric]);
            if (form != "abstract") continue;
            report.AtLeast("search", set, "r@10", ours["r@10"], 0.37);
            report.AtLeast("search", set, "mrr@10", ours["mrr@10"], 0.33);
        }
    }

    private static SearchIndex Index(IEnumerable<(string Id, string Title, string[] Names, string Text)> documents)
    {
        var index = new SearchIndex(new SearchSchema().Text("name", boost: 4, lengthNormalization: 0.3).Text("title").Text("text"));
        index.PutMany(documents.Select(document => new SearchDocument(document.Id,
            [SearchField.Text("name", string.Join(' ', document.Names), "en"), SearchField.Text("title", document.Title, "en"), SearchField.Text("text", document.Text, "en")])));
        return index;
    }

    public static IEnumerable<(string Id, string Title, string[] Names, string Text)> Documents(string file)
    {
        foreach (string line in File.ReadLines(file))
        {
            using JsonDocument record = JsonDocument.Parse(line);
            JsonElement root = record.RootElement;
            string id = root.GetProperty("id").GetString()!;
            string[] names = [.. root.GetProperty("variants").EnumerateArray().Select(name => name.GetString()!).Append(id).Distinct(StringComparer.Ordinal)];
            yield return (id, root.GetProperty("title").GetString() ?? "", names, root.GetProperty("contents").GetString() ?? "");
        }
    }

    public static IEnumerable<Question> Questions(string file, string form)
    {
        foreach (string line in File.ReadLines(file))
        {
            using JsonDocument record = JsonDocument.Parse(line);
            var answers = record.RootElement.GetProperty("documents").EnumerateArray().Select(id => id.GetString()!).ToHashSet(StringComparer.Ordinal);
            if (answers.Count > 0) yield return new Question(record.RootElement.GetProperty(form).GetString()!, answers);
        }
    }
}
