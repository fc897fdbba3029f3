using Ecosystem.Policy.V1;
using Ecosystem.Testing;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Subject = Ecosystem.Policy.V1.Statement.Types.Subject;

namespace Ecosystem.Policy.Tests;

/// <summary>A service that may ask sources on this machine.</summary>
public sealed class InformedHost : IAsyncLifetime
{
    public PolicyHost Policy { get; } = new() { Settings = { ["Information:AllowPrivateAddresses"] = "true" } };

    public Task InitializeAsync() => Policy.InitializeAsync();

    public Task DisposeAsync() => Policy.DisposeAsync();
}

/// <summary>What terms depend on and nobody here knows is asked of registered sources: only what is needed, within bounds, and never guessed.</summary>
public sealed class InformationTests(InformedHost informed) : IClassFixture<InformedHost>
{
    private const string Spatial = "http://www.w3.org/ns/odrl/2/spatial";
    private const string Role = "https://w3id.org/idsa/code/ROLE";
    private const string Germany = "https://sws.geonames.org/2921044/";
    private const string InGermany = $$"""{ "known": [{ "leftOperand": "{{Spatial}}", "values": ["{{Germany}}"] }] }""";

    private const string Certified = """{ "leftOperand": "urn:example:certified", "operator": "eq", "rightOperand": "yes" }""";

    private static readonly string OnlyInGermany = If("spatial", Germany);

    private readonly PolicyHost host = informed.Policy;

    [Fact]
    public async Task A_use_is_decided_on_what_the_source_says_and_the_ledger_keeps_it()
    {
        await using var source = await StubSource.AnsweringAsync(InGermany);
        await using var registered = await RegisterAsync(source);
        var agreed = await host.AgreedAsync(OnlyInGermany);

        var decision = await host.AskAsync(agreed);

        Assert.True(decision.Permitted);
        Assert.Equal((Person.Analyst.Organisation, Person.Analyst.Subject, agreed.DataAssetId), (Asked(source, "userId"), Asked(source, "subject"), Asked(source, "dataAssetId")));
        Assert.Equal([Spatial], source.Last.GetProperty("leftOperands").EnumerateArray().Select(operand => operand.GetString()));
        var fact = Assert.Single((await RecordAsync(decision)).Facts);
        Assert.Equal((Spatial, Germany, registered.Source.Id), (fact.LeftOperand, fact.Values.Single(), fact.SourceId));
    }

    [Fact]
    public async Task Sources_are_asked_for_nothing_that_the_terms_do_not_need()
    {
        await using var source = await StubSource.AnsweringAsync(InGermany);
        await using var registered = await RegisterAsync(source);

        Assert.True((await host.AskAsync(await host.AgreedAsync())).Permitted);
        await host.AskAsync(await host.AgreedAsync(OnlyInGermany), person: Person.Developer);

        Assert.Equal(0, source.Questions);
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("no", false)]
    public async Task What_is_due_since_an_obligation_was_neglected_depends_on_what_the_source_says(string said, bool isDue)
    {
        await using var source = await StubSource.AnsweringAsync($$"""{ "known": [{ "leftOperand": "urn:example:certified", "values": ["{{said}}"] }] }""");
        await using var registered = await RegisterAsync(source, stated => stated.LeftOperands.Add("urn:example:certified"));
        var agreed = await host.AgreedAsync(Usable($$"""
            "obligation": [{ "action": "delete", "constraint": [{ "leftOperand": "dateTime", "operator": "lt", "rightOperand": { "@value": "2020-01-01T00:00:00Z", "@type": "xsd:dateTime" } }],
              "consequence": [{ "action": "inform", "constraint": [{{Certified}}] }] }]
            """));

        var decision = await host.AskAsync(agreed);

        Assert.True(decision.Permitted);
        Assert.Equal(isDue, decision.Duties.Any(duty => duty.Action == "http://www.w3.org/ns/odrl/2/inform"));
        Assert.Equal(1, source.Questions);
    }

    [Fact]
    public async Task Nobody_is_asked_about_the_remedy_of_a_prohibition_since_no_decision_knows_that_it_was_violated()
    {
        await using var source = await StubSource.AnsweringAsync(InGermany);
        await using var registered = await RegisterAsync(source, stated => stated.LeftOperands.Add("urn:example:certified"));
        var agreed = await host.AgreedAsync(Usable($$"""
            "prohibition": [{ "action": "distribute", "remedy": [{ "action": "inform", "constraint": [{{Certified}}] }] }]
            """));

        var decision = await host.AskAsync(agreed);

        Assert.Equal((true, 0), (decision.Permitted, decision.Duties.Count));
        Assert.Equal(0, source.Questions);
    }

    [Fact]
    public async Task The_word_of_the_connector_does_not_count_beside_a_source()
    {
        await using var source = await StubSource.AnsweringAsync("""{ "known": [{ "leftOperand": "http://www.w3.org/ns/odrl/2/spatial", "values": ["https://sws.geonames.org/6252001/"] }] }""");
        await using var registered = await RegisterAsync(source);
        var agreed = await host.AgreedAsync(OnlyInGermany);

        Assert.False((await StateAsync(agreed, Germany)).Permitted);
        await registered.DisposeAsync();
        Assert.True((await StateAsync(agreed, Germany)).Permitted);
    }

    [Fact]
    public async Task A_source_that_is_late_leaves_the_use_undecidable_and_the_refusal_names_it()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var source = await StubSource.AnsweringAsync(async (_, gone) =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, gone);
            return Results.NoContent();
        });
        await using var registered = await RegisterAsync(source);
        var agreed = await host.AgreedAsync(OnlyInGermany);
        var other = await host.AgreedAsync();

        var late = StateAsync(agreed, Germany);
        await asked.Task;
        Assert.True((await host.AskAsync(other)).Permitted, "other uses are not held up");
        host.Time.Advance(TimeSpan.FromSeconds(1));

        var decision = await late;
        Assert.False(decision.Permitted);
        AssertSilent(decision, "did not answer within 1 s");
        var known = await host.Information(Person.Operator).GetInformationSourceAsync(new() { Id = registered.Source.Id });
        Assert.Contains("did not answer", known.Health.Problem, StringComparison.Ordinal);
        Assert.Contains("did not answer", Assert.Single((await RecordAsync(decision)).Facts).Missing, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", "cannot be understood")]
    [InlineData("[1, 2]", "cannot be understood")]
    [InlineData("""{ "known": "everything" }""", "cannot be understood")]
    [InlineData("""{ "known": [{ "leftOperand": "http://www.w3.org/ns/odrl/2/spatial", "values": [""] }] }""", "cannot be understood")]
    [InlineData("huge", "cannot be understood")]
    [InlineData("status 500", "cannot be understood")]
    [InlineData("redirect", "cannot be understood")]
    [InlineData("""{ "known": [{ "leftOperand": "urn:example:unasked", "values": ["x"] }] }""", "knows nothing of it")]
    [InlineData("{}", "knows nothing of it")]
    public async Task What_a_source_should_not_answer_permits_nothing_and_is_said(string answer, string said)
    {
        await using var source = await StubSource.AnsweringAsync((_, _) => Task.FromResult(answer switch
        {
            "huge" => Results.Text($$"""{ "known": [], "more": "{{new string('x', 100_000)}}" }""", "application/json"),
            "status 500" => Results.StatusCode(500),
            "redirect" => Results.Redirect("http://127.0.0.1:9/"),
            _ => Results.Text(answer, "application/json"),
        }));
        await using var registered = await RegisterAsync(source);

        var decision = await host.AskAsync(await host.AgreedAsync(OnlyInGermany));

        Assert.False(decision.Permitted);
        AssertSilent(decision, said);
    }

    [Fact]
    public async Task A_source_that_is_gone_permits_nothing()
    {
        await using var source = await StubSource.AnsweringAsync(InGermany);
        await using var registered = await RegisterAsync(source);
        var agreed = await host.AgreedAsync(OnlyInGermany);
        await source.DisposeAsync();

        AssertSilent(await host.AskAsync(agreed), "cannot be reached");
    }

    [Fact]
    public async Task An_answer_is_remembered_for_its_time_and_no_longer()
    {
        await using var source = await StubSource.AnsweringAsync(InGermany);
        await using var registered = await RegisterAsync(source, stated => stated.TimeToLive = Duration.FromTimeSpan(TimeSpan.FromSeconds(30)));
        var agreed = await host.AgreedAsync(OnlyInGermany);

        await host.AskAsync(agreed);
        await host.AskAsync(agreed);
        Assert.Equal(1, source.Questions);
        await host.AskAsync(agreed, purpose: Story.TrainAlgorithms);
        Assert.Equal(2, source.Questions);

        host.Time.Set(host.Time.GetUtcNow().AddSeconds(30));
        await host.AskAsync(agreed);
        Assert.Equal(3, source.Questions);
    }

    [Fact]
    public async Task A_source_can_have_its_answer_not_remembered()
    {
        await using var source = await StubSource.AnsweringAsync($$"""{ "known": [{ "leftOperand": "{{Spatial}}", "values": ["{{Germany}}"] }], "timeToLive": "0s" }""");
        await using var registered = await RegisterAsync(source);
        var agreed = await host.AgreedAsync(OnlyInGermany);

        Assert.True((await host.AskAsync(agreed)).Permitted);
        Assert.True((await host.AskAsync(agreed)).Permitted);

        Assert.Equal(2, source.Questions);
    }

    [Fact]
    public async Task No_more_answers_are_remembered_than_were_agreed_the_longest_unused_goes_first()
    {
        await using var source = await StubSource.AnsweringAsync(InGermany);
        await using var registered = await RegisterAsync(source, stated => stated.MostRemembered = 2);
        var (one, two, three) = (await host.AgreedAsync(OnlyInGermany), await host.AgreedAsync(OnlyInGermany), await host.AgreedAsync(OnlyInGermany));

        foreach (var agreed in new[] { one, two, one, three, one })
            await host.AskAsync(agreed);
        Assert.Equal(3, source.Questions);

        await host.AskAsync(two);
        Assert.Equal(4, source.Questions);
    }

    [Fact]
    public async Task Many_who_ask_the_same_at_once_share_one_question()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var source = await StubSource.AnsweringAsync(async (_, _) =>
        {
            await go.Task;
            return Results.Text(InGermany, "application/json");
        });
        await using var registered = await RegisterAsync(source);
        var agreed = await host.AgreedAsync(OnlyInGermany);
        var question = new DecideRequest { AgreementId = agreed.Id, DataAssetId = agreed.DataAssetId, Action = "use", Purpose = Story.HealthResearch };

        var batch = host.Decisions(Person.Analyst).DecideBatchAsync(new() { Requests = { Enumerable.Repeat(question, 50) } });
        await Eventually.True(() => source.Questions > 0, "the source was asked");
        go.SetResult();

        Assert.All((await batch).Decisions, decision => Assert.True(decision.Permitted));
        Assert.Equal(1, source.Questions);
    }

    [Fact]
    public async Task A_holders_source_goes_before_an_operators_and_is_asked_about_the_own_data_only()
    {
        await using var general = await StubSource.AnsweringAsync("{}");
        await using var own = await StubSource.AnsweringAsync(InGermany);
        await using var foreign = await StubSource.AnsweringAsync("{}");
        await using var first = await RegisterAsync(general);
        await using var second = await RegisterAsync(own, person: Person.Holder);
        await using var third = await RegisterAsync(foreign, person: Person.OtherHolder);

        Assert.True((await host.AskAsync(await host.AgreedAsync(OnlyInGermany))).Permitted);

        Assert.Equal((0, 1, 0), (general.Questions, own.Questions, foreign.Questions));
        await host.Information(Person.OtherHolder).GetInformationSourceAsync(new() { Id = second.Source.Id }).RefusedAsync(StatusCode.NotFound, "NOT_FOUND");
        await host.Information(Person.Holder).DeleteInformationSourceAsync(new() { Id = first.Source.Id }).RefusedAsync(StatusCode.PermissionDenied, "NOT_YOUR_SOURCE");
        var seen = (await host.Information(Person.Holder).ListInformationSourcesAsync(new())).InformationSources;
        Assert.Equal([second.Source.Id, first.Source.Id], seen.Select(source => source.Id));
    }

    [Fact]
    public async Task What_is_wrong_with_a_source_is_named_each_and_its_key_is_never_read_back()
    {
        var nothing = await Assert.ThrowsAsync<RpcException>(async () => await host.Information(Person.Operator).CreateInformationSourceAsync(new()));
        var details = System.Text.Encoding.UTF8.GetString(nothing.Trailers.GetValueBytes("grpc-status-details-bin")!);
        Assert.All(["information_source.title", "information_source.http_address", "information_source.left_operands"], field => Assert.Contains(field, details, StringComparison.Ordinal));
        foreach (var own in (string[])["purpose", "count", "dateTime", "urn:ecosystem:consent"])
            await CreateAsync("http://127.0.0.1:9/", stated => stated.LeftOperands.Add(own)).RefusedAsync(StatusCode.InvalidArgument, "");
        await CreateAsync("http://127.0.0.1:9/", stated => stated.Timeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(1))).RefusedAsync(StatusCode.InvalidArgument, "");
        await CreateAsync("http://127.0.0.1:9/", stated => stated.MostRemembered = 1_000_000).RefusedAsync(StatusCode.InvalidArgument, "");
        await CreateAsync("http://name:word@127.0.0.1:9/").RefusedAsync(StatusCode.InvalidArgument, "");
        await CreateAsync("file:///etc/passwd").RefusedAsync(StatusCode.InvalidArgument, "");
        await using var source = await StubSource.AnsweringAsync("{}");
        await using var registered = await RegisterAsync(source);
        Assert.Empty(registered.Source.AccessKey);
        await CreateAsync(source.Address).RefusedAsync(StatusCode.AlreadyExists, "LEFT_OPERAND_TAKEN");
        await host.Information(Person.Analyst).ListInformationSourcesAsync(new()).RefusedAsync(StatusCode.PermissionDenied, "ROLE_MISSING");
    }

    [SkippableTheory]
    [InlineData("gRPC")]
    [InlineData("HTTP")]
    public async Task A_foreign_source_is_asked_over(string way)
    {
        await using var foreign = await ForeignSource.StartAsync();
        await using var registered = await RegisterAsync(way == "gRPC" ? foreign.GrpcAddress : foreign.HttpAddress, stated =>
        {
            (stated.GrpcAddress, stated.HttpAddress) = ("", "");
            if (way == "gRPC")
                stated.GrpcAddress = foreign.GrpcAddress;
            else
                stated.HttpAddress = foreign.HttpAddress;
            stated.AccessKey = "only-the-source-knows";
            stated.LeftOperands.Add(Role);
        });

        Assert.True((await host.AskAsync(await host.AgreedAsync(OnlyInGermany))).Permitted);
        Assert.True((await host.AskAsync(await host.AgreedAsync(If(Role, "urn:example:physician")))).Permitted);
        Assert.False((await host.AskAsync(await host.AgreedAsync(If(Role, "urn:example:nurse")))).Permitted);
    }

    [Fact]
    public async Task Terms_with_a_left_operand_of_their_own_are_usable_while_a_source_answers_it()
    {
        var terms = If("urn:example:certified", "yes", isIri: false);
        await host.Agreements(Person.Analyst).RequestAgreementAsync(host.RequestFor(await host.OfferedAsync(terms))).RefusedAsync(StatusCode.FailedPrecondition, "TERMS_UNUSABLE");
        await using var source = await StubSource.AnsweringAsync("""{ "known": [{ "leftOperand": "urn:example:certified", "values": ["yes"] }] }""");
        await using var registered = await RegisterAsync(source, stated => stated.LeftOperands.Add("urn:example:certified"));

        Assert.True((await host.Terms().ExplainTermsAsync(new() { PolicyJson = terms })).Usable);
        Assert.True((await host.AskAsync(await host.AgreedAsync(terms))).Permitted);
    }

    [Fact]
    public async Task Where_the_user_is_a_source_can_say_as_well()
    {
        await using var source = await StubSource.AnsweringAsync(InGermany);
        await using var registered = await RegisterAsync(source, stated => stated.About = Subject.User);
        var terms = (await host.Terms().FillTermsTemplateAsync(new() { TemplateId = "restrict-participant-location", Answers = { ["value"] = Germany } })).PolicyJson;

        Assert.True((await host.AskAsync(await host.AgreedAsync(terms))).Permitted);
    }

    [Theory]
    [InlineData("analyst", true)]
    [InlineData("developer", false)]
    public async Task A_role_of_the_realm_is_read_from_the_callers_token_and_cannot_be_stated(string role, bool permitted)
    {
        var agreed = await host.AgreedAsync(If(Role, $"urn:ecosystem:role:{role}"));

        var decision = await host.AskAsync(agreed);

        Assert.Equal(permitted, decision.Permitted);
        Assert.Equal(["urn:ecosystem:role:analyst"], Assert.Single((await RecordAsync(decision)).Facts).Values);
        await host.Decisions(Person.Analyst).DecideAsync(new()
        {
            AgreementId = agreed.Id, DataAssetId = agreed.DataAssetId, Action = "use", Purpose = Story.HealthResearch,
            Statements = { new Statement { LeftOperand = Role, Values = { $"urn:ecosystem:role:{role}" } } },
        }).RefusedAsync(StatusCode.InvalidArgument, "");
    }

    private static string If(string leftOperand, string value, bool isIri = true) => $$"""
        { "@context": "http://www.w3.org/ns/odrl.jsonld", "@type": "Offer", "uid": "urn:example:informed", "permission": [{ "action": "use",
          "constraint": [{ "leftOperand": "{{leftOperand}}", "operator": "eq", "rightOperand": {{(isIri ? $$"""{ "@id": "{{value}}" }""" : $"\"{value}\"")}} }] }] }
        """;

    private static string Usable(string andMore) => $$"""
        { "@context": "http://www.w3.org/ns/odrl.jsonld", "@type": "Offer", "uid": "urn:example:followed-up", "permission": [{ "action": "use" }], {{andMore}} }
        """;

    private static string? Asked(StubSource source, string member) => source.Last.GetProperty(member).GetString();

    private static void AssertSilent(Decision decision, string said)
    {
        var reason = Assert.Single(decision.Reasons, reason => reason.Code == "SOURCE_SILENT");
        Assert.Contains("The source 'Register Ruhr'", reason.Sentence.Values["en"], StringComparison.Ordinal);
        Assert.Contains(said, reason.Sentence.Values["en"], StringComparison.Ordinal);
        Assert.Contains("Die Quelle „Register Ruhr“", reason.Sentence.Values["de"], StringComparison.Ordinal);
    }

    private AsyncUnaryCall<Decision> StateDecisionAsync(Agreement agreement, string place) => host.Decisions(Person.Analyst).DecideAsync(new()
    {
        AgreementId = agreement.Id, DataAssetId = agreement.DataAssetId, Action = "use", Purpose = Story.HealthResearch,
        Statements = { new Statement { LeftOperand = "spatial", Values = { place } } },
    });

    private async Task<Decision> StateAsync(Agreement agreement, string place) => await StateDecisionAsync(agreement, place);

    private async Task<LedgerRecord> RecordAsync(Decision decision) =>
        (await host.Service<Ledger.LedgerReader>().FindAsync(decision.LedgerIndex, CancellationToken.None))!.Record;

    private AsyncUnaryCall<InformationSource> CreateAsync(string address, Action<InformationSource>? more = null, Person? person = null)
    {
        var stated = new InformationSource { Title = "Register Ruhr", HttpAddress = address, LeftOperands = { "spatial" }, AccessKey = "secret" };
        more?.Invoke(stated);
        return host.Information(person ?? Person.Operator).CreateInformationSourceAsync(new() { InformationSource = stated });
    }

    private Task<Registered> RegisterAsync(StubSource source, Action<InformationSource>? more = null, Person? person = null) => RegisterAsync(source.Address, more, person);

    private async Task<Registered> RegisterAsync(string address, Action<InformationSource>? more = null, Person? person = null) =>
        new(await CreateAsync(address, more, person), host.Information(person ?? Person.Operator));

    /// <summary>A source until the end of the test; the next one has its own.</summary>
    private sealed record Registered(InformationSource Source, InformationSourceService.InformationSourceServiceClient Door) : IAsyncDisposable
    {
        private bool _isGone;

        public async ValueTask DisposeAsync()
        {
            if (!_isGone)
                await Door.DeleteInformationSourceAsync(new() { Id = Source.Id });
            _isGone = true;
        }
    }
}

/// <summary>Who may choose an address must not learn by it what answers inside the service's own network.</summary>
public sealed class PrivateSourceTests(PolicyHost host) : IClassFixture<PolicyHost>
{
    [Fact]
    public async Task A_source_is_reached_with_tls_and_on_the_public_internet_only()
    {
        var stated = new InformationSource { Title = "Innen", HttpAddress = "http://192.0.2.1/", LeftOperands = { "spatial" } };
        await host.Information(Person.Holder).CreateInformationSourceAsync(new() { InformationSource = stated }).RefusedAsync(StatusCode.InvalidArgument, "");
        foreach (var (inside, isGrpc) in new[] { ("https://127.0.0.1:9/", false), ("https://localhost:9/", false), ("https://[::1]:9/", true), ("https://169.254.169.254/", true) })
        {
            (stated.GrpcAddress, stated.HttpAddress) = ("", "");
            if (isGrpc)
                stated.GrpcAddress = inside;
            else
                stated.HttpAddress = inside;
            var registered = await host.Information(Person.Holder).CreateInformationSourceAsync(new() { InformationSource = stated });

            var decision = await host.AskAsync(await host.AgreedAsync("""
                { "@context": "http://www.w3.org/ns/odrl.jsonld", "@type": "Offer", "uid": "urn:example:inside", "permission": [{ "action": "use",
                  "constraint": [{ "leftOperand": "spatial", "operator": "eq", "rightOperand": { "@id": "urn:example:here" } }] }] }
                """));

            Assert.False(decision.Permitted);
            Assert.Contains("lies in a private network", Assert.Single(decision.Reasons, reason => reason.Code == "SOURCE_SILENT").Sentence.Values["en"], StringComparison.Ordinal);
            await host.Information(Person.Holder).DeleteInformationSourceAsync(new() { Id = registered.Id });
        }
    }
}
