using System.Net;
using Ecosystem.Testing;

namespace Ecosystem.Gateway.Tests;

/// <summary>Somebody who knows no ODRL writes terms of use.</summary>
public sealed class TermsPageTests : IAsyncLifetime
{
    private const string Answered = "/terms/research?lang=de&answer-purpose=https%3A%2F%2Fw3id.org%2Fdpv%23AcademicResearch&answer-until=2030-01-01&answer-often=";

    private TermsBackend _terms = null!;
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _terms = await TermsBackend.StartAsync();
        _gateway = await GatewayHost.StartAsync(settings: $"--services:policy:grpc:0={_terms.Grpc}");
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _terms.DisposeAsync();
    }

    [Theory]
    [InlineData("de", "Nutzungsbedingungen schreiben", "Nur an einem Ort")]
    [InlineData("en", "Write terms of use", "One place only")]
    public async Task The_templates_are_listed_in_the_language_of_the_reader(string language, string headline, string title)
    {
        var html = await ReadAsync($"/terms?lang={language}");

        Assert.Contains($"<h1>{headline}</h1>", html, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"/terms/place?lang={language}\">{title}</a>", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/terms?lang=", await ReadAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_question_is_a_labelled_field_that_says_what_it_expects()
    {
        var html = await ReadAsync("/terms/research?lang=de");

        foreach (var question in new[] { "purpose", "until", "often" })
        {
            Assert.Contains($"<label for=\"answer-{question}\">Frage {question}?</label>", html, StringComparison.Ordinal);
            Assert.Contains($"aria-describedby=\"answer-{question}-hint\"", html, StringComparison.Ordinal);
        }

        Assert.Contains("<option value=\"https://w3id.org/dpv#AcademicResearch\">akademische Forschung</option>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Direktmarketing", html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"result\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answers_become_text_in_both_languages_and_a_policy_for_programs()
    {
        var html = await ReadAsync(Answered + "5");

        Assert.Contains("<ul lang=\"de\"><li>Erlaubt bis 2030-01-01T00:00:00Z.</li></ul>", html, StringComparison.Ordinal);
        Assert.Contains("<ul lang=\"en\"><li>Permitted until 2030-01-01T00:00:00Z.</li></ul>", html, StringComparison.Ordinal);
        Assert.Contains("der Ort ist Teil von „X“", html, StringComparison.Ordinal);
        Assert.Contains("&lt;urn:made&gt;", html, StringComparison.Ordinal);
        Assert.Contains("#AcademicResearch\" selected>", html, StringComparison.Ordinal);
        Assert.Contains("answer-until=2030-01-01", html[..html.IndexOf("<main", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_answer_is_kept_named_and_led_to()
    {
        var html = await ReadAsync(Answered + "oft");

        Assert.Contains("<title>Bitte berichtigen Sie diese Antworten", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#answer-often\">Frage often?</a>", html, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"answer-often-hint answer-often-problem\" aria-invalid=\"true\" value=\"oft\"", html, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"answer-until-hint\" aria-invalid=\"false\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Erlaubt bis", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_said_so()
    {
        using var unknown = await _gateway.GetAsync("/terms/unheard-of?lang=en");
        await using var alone = await GatewayHost.StartAsync();
        using var away = await alone.GetAsync("/terms?lang=en");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.ServiceUnavailable), (unknown.StatusCode, away.StatusCode));
        Assert.Contains("There is no such template", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("does not answer", await away.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public Task The_pages_are_accessible() => AccessibilityJudge.AcceptsAsync(
        [.. new[] { "/terms?lang=de", "/terms/research?lang=en", Answered + "5", Answered + "oft" }.Select(path => new Uri(_gateway.Rest.BaseAddress!, path).ToString())]);

    private async Task<string> ReadAsync(string path) => await _gateway.Rest.GetStringAsync(path);
}
