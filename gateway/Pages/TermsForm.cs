using Ecosystem.Odrl;
using Ecosystem.Pages;
using Ecosystem.Policy.V1;
using static Ecosystem.Gateway.Pages.TermsTexts;

namespace Ecosystem.Gateway.Pages;

/// <summary>The questions of a template as fields, with what was answered and what is wrong with it beside each.</summary>
internal sealed class TermsForm(TermsTemplate template, PageLanguage language, IQueryCollection query)
{
    private const string Prefix = "answer-";
    private const int Longest = 1000;

    private readonly HashSet<string> _wrong = new(StringComparer.Ordinal);

    public TermsTemplate Template => template;

    public PageLanguage Language => language;

    public bool IsAnswered => query.Keys.Any(key => key.StartsWith(Prefix, StringComparison.Ordinal));

    /// <summary>The answers as the service expects them; what was left empty is left out.</summary>
    public Dictionary<string, string> Answers => template.Questions
        .Select(question => (question.Id, Answer: ForService(question.Kind, Answer(question))))
        .Where(answer => answer.Answer.Length > 0).ToDictionary(answer => answer.Id, answer => answer.Answer, StringComparer.Ordinal);

    public void MarkWrong(IReadOnlySet<string> fields) =>
        _wrong.UnionWith(template.Questions.Select(question => question.Id).Where(id => fields.Contains($"answers[{id}]")));

    public Html Problems() => Html.Of($"""
        <div class="notice" role="alert" id="result" tabindex="-1"><p>{WrongTitle.In(language)}:</p><ul>
        {Html.Join(template.Questions.Where(question => _wrong.Contains(question.Id)).Select(question => Html.Of($"<li><a href=\"#{FieldOf(question)}\">{question.Text.In(language)}</a></li>")))}
        </ul></div>
        """);

    public Html Markup() => Html.Of($"""
        <form method="get" action="{PageLinks.TemplateAction(template.Id)}">
        <input type="hidden" name="lang" value="{language.Tag()}">
        {Html.Join(template.Questions.Select(Field))}
        <button type="submit">{ShowTerms.In(language)}</button>
        </form>
        """);

    private Html Field(TermsQuestion question)
    {
        var (name, isWrong) = (FieldOf(question), _wrong.Contains(question.Id));
        return Html.Of($"""
            <div class="field"><label for="{name}">{question.Text.In(language)}</label>
            <p class="quiet" id="{name}-hint">{Hint(question)}</p>
            {Html.When(isWrong, () => Html.Of($"<p class=\"notice\" id=\"{name}-problem\">{NotUnderstood.In(language)}</p>"))}
            {(question.Kind == "purpose" ? Purpose(question, name) : Input(question, name, isWrong))}</div>
            """);
    }

    private Html Input(TermsQuestion question, string name, bool isWrong)
    {
        var (type, mode) = question.Kind switch { "date" => ("date", "none"), "number" => ("text", "decimal"), "iri" => ("text", "url"), _ => ("text", "text") };
        var described = isWrong ? $"{name}-hint {name}-problem" : $"{name}-hint";
        return Html.Of($"""
            <input id="{name}" name="{name}" type="{type}" inputmode="{mode}" maxlength="{Longest}" autocomplete="off" required aria-describedby="{described}" aria-invalid="{(isWrong ? "true" : "false")}" value="{Answer(question)}">
            """);
    }

    // Nobody knows a purpose by its IRI; and what the law prohibits need not be offered.
    private Html Purpose(TermsQuestion question, string name) => Html.Of($"""
        <select id="{name}" name="{name}" required aria-describedby="{name}-hint">
        {Html.Join(Purposes.All.Where(purpose => purpose.HealthDataUse is not HealthDataUse.Prohibited).Select(purpose => Option(purpose.Concept, Answer(question))))}
        </select>
        """);

    private Html Option(Concept concept, string chosen) => Html.Of($"""
        <option value="{concept.Iri}"{Html.When(concept.Iri == chosen, () => Html.Of($" selected"))}>{(language is PageLanguage.German ? concept.Label.German : concept.Label.English)}</option>
        """);

    private string Hint(TermsQuestion question) => question.Kind switch
    {
        "purpose" => PurposeHint.In(language),
        "date" => DateHint.In(language),
        "duration" => DurationHint.In(language),
        _ => $"{Example.In(language)} {question.Example}",
    };

    private string Answer(TermsQuestion question)
    {
        var answer = query[FieldOf(question)].ToString();
        return answer.Length <= Longest ? answer : answer[..Longest];
    }

    private static string FieldOf(TermsQuestion question) => Prefix + question.Id;

    private static string ForService(string kind, string answer) =>
        kind == "date" && DateOnly.TryParseExact(answer, "yyyy-MM-dd", out _) ? answer + "T00:00:00Z" : answer.Trim();
}
