using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Matching.Participants;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Proposals;
using Ecosystem.Matching.Tests.Alliance;
using Ecosystem.Matching.V1;
using Ecosystem.Testing;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Matching.Tests.Proposals;

public sealed class ProposalEngineTests
{
    private readonly ProfileIndex _profiles = new();

    [Fact]
    public void The_competence_that_suits_the_data_comes_first()
    {
        Know(Examples.Segmentation(), Examples.Survival());

        Assert.Equal("competence-segmentation", CompetencesFor(Examples.StrokeImages())[0].CompetenceId);
        Assert.Equal("competence-survival", CompetencesFor(Examples.ClaimsData())[0].CompetenceId);
    }

    [Fact]
    public void The_data_that_suit_the_competence_come_first()
    {
        Know(Examples.StrokeImages(), Examples.ClaimsData());

        Assert.Equal("asset-stroke", DataAssetsFor(Examples.Segmentation())[0].DataAssetId);
        Assert.Equal("asset-claims", DataAssetsFor(Examples.Survival())[0].DataAssetId);
    }

    [Fact]
    public void A_proposal_says_why_in_German_and_English()
    {
        Know(Examples.Segmentation());

        Proposal proposal = Assert.Single(CompetencesFor(Examples.StrokeImages()));

        Assert.Equal(["areas", "description", "methods", "modalities", "themes", "title"], proposal.Reasons.Select(reason => reason.Field).Order(StringComparer.Ordinal));
        MatchReason title = proposal.Reasons.Single(reason => reason.Field == "title");
        Assert.Contains("„MRT“", title.Sentence.Values["de"], StringComparison.Ordinal);
        Assert.StartsWith("The competence's title mentions", title.Sentence.Values["en"], StringComparison.Ordinal);
        Assert.Equal("Gemeinsame Themen: „Gesundheit“.", proposal.Reasons.Single(reason => reason.Field == "themes").Sentence.Values["de"]);
    }

    [Fact]
    public void The_weights_of_the_reasons_add_up_to_the_score()
    {
        Know(Examples.Segmentation(), Examples.Survival());

        Assert.All(CompetencesFor(Examples.StrokeImages()), proposal =>
        {
            Assert.Equal(proposal.Score, proposal.Reasons.Sum(reason => reason.Weight), 9);
            Assert.InRange(proposal.Score, 0.001, 1);
        });
    }

    [Fact]
    public void What_others_said_of_a_partner_orders_those_that_fit_and_is_a_reason_of_its_own()
    {
        Competence trusted = Examples.Segmentation();
        Competence doubted = Examples.Segmentation();
        (doubted.Id, doubted.Provider) = ("competence-a-doubted", new Organisation { Id = "doubted" });
        Know(trusted, doubted);
        (string, string, bool)[] answers =
            [.. Enumerable.Range(0, 10).SelectMany(asked => new[] { ($"asked-{asked}", trusted.Provider.Id, true), ($"asked-{asked}", "doubted", false) })];
        Assert.Equal("competence-a-doubted", CompetencesFor(Examples.StrokeImages())[0].CompetenceId);

        IReadOnlyList<Proposal> proposals = CompetencesFor(Examples.StrokeImages(), Ranking.Untuned with { Acceptance = Acceptance.From(answers, weight: 0.1) });

        Assert.Equal([trusted.Id, "competence-a-doubted"], proposals.Select(proposal => proposal.CompetenceId));
        Assert.All(proposals, proposal => Assert.Equal(proposal.Score, proposal.Reasons.Sum(reason => reason.Weight), 9));
        Assert.Equal(
            ["Vorschläge mit dieser Organisation wurden bisher häufiger als im Mittel angenommen.", "Vorschläge mit dieser Organisation wurden bisher seltener als im Mittel angenommen."],
            proposals.Select(proposal => proposal.Reasons.Single(reason => reason.Field == "acceptance").Sentence.Values["de"]));
    }

    [Fact]
    public void Nobody_is_proposed_to_itself()
    {
        Competence own = Examples.Segmentation();
        own.Provider = Examples.StrokeImages().Holder;
        Know(own);

        Assert.Empty(CompetencesFor(Examples.StrokeImages()));
    }

    [Fact]
    public void A_competence_offered_elsewhere_only_is_not_proposed()
    {
        Competence elsewhere = Examples.Segmentation();
        elsewhere.Areas.Clear();
        elsewhere.Areas.Add(Examples.Area("10041", "Regionalverband Saarbrücken"));
        Know(elsewhere);

        Assert.Empty(CompetencesFor(Examples.StrokeImages()));
    }

    [Theory]
    [InlineData("05")]
    [InlineData("05911")]
    [InlineData("05911000")]
    public void A_competence_offered_in_a_wider_area_is_proposed(string key)
    {
        Competence wider = Examples.Segmentation();
        wider.Areas.Clear();
        wider.Areas.Add(Examples.Area(key, ""));
        Know(wider);

        Assert.Contains(Assert.Single(CompetencesFor(Examples.StrokeImages())).Reasons, reason => reason.Field == "areas");
    }

    [Theory]
    [InlineData("da", false)]
    [InlineData("en-GB", true)]
    [InlineData("http://publications.europa.eu/resource/authority/language/DEU", true)]
    public void Where_both_name_languages_they_need_one_in_common(string languageOfData, bool proposed)
    {
        DataAsset asset = Examples.StrokeImages();
        asset.Distributions.Add(new Distribution { Languages = { languageOfData } });
        Competence competence = Examples.Segmentation();
        competence.Languages.Add(["de", "en"]);
        Know(competence);

        Assert.Equal(proposed, CompetencesFor(asset).Count == 1);
    }

    [Fact]
    public void Being_neighbours_alone_is_no_reason_to_meet()
    {
        Competence neighbour = Examples.Segmentation();
        neighbour.Title = Examples.Text("Barrierefreie Webseiten", "Accessible web sites");
        neighbour.Description = neighbour.Title;
        neighbour.Methods.Clear();
        neighbour.Themes.Clear();
        neighbour.Modalities.Clear();
        Know(neighbour);

        Assert.Empty(CompetencesFor(Examples.StrokeImages()));
    }

    [Fact]
    public void A_purpose_the_terms_allow_is_compatible()
    {
        Know(Examples.Segmentation());

        PolicyVerdict verdict = Assert.Single(CompetencesFor(Examples.StrokeImages())).Policy;

        Assert.Equal(PolicyVerdict.Types.Kind.Compatible, verdict.Kind);
        Assert.Contains("wissenschaftliche Forschung", verdict.Sentence.Values["de"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_purpose_the_terms_forbid_is_a_conflict_with_its_reason_and_a_way_out()
    {
        Know(Examples.Segmentation());

        PolicyVerdict verdict = Assert.Single(CompetencesFor(Examples.StrokeImages(), Examples.Commerce)).Policy;

        Assert.NotEqual(PolicyVerdict.Types.Kind.Compatible, verdict.Kind);
        Assert.Contains("scientific research", verdict.Sentence.Values["en"], StringComparison.Ordinal);
        Assert.Contains("ask the holder", verdict.Sentence.Values["en"], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_purpose_that_the_law_prohibits_is_a_conflict_whatever_the_terms_say()
    {
        DataAsset asset = Examples.StrokeImages();
        asset.Offer = null;
        Know(Examples.Segmentation());

        PolicyVerdict verdict = Assert.Single(CompetencesFor(asset, Examples.Marketing)).Policy;

        Assert.Equal(PolicyVerdict.Types.Kind.Conflict, verdict.Kind);
        Assert.Contains("Art. 54", verdict.Sentence.Values["de"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "There are no terms of use")]
    [InlineData("{ not a policy", "cannot be read")]
    public void Without_readable_terms_the_verdict_is_unknown(string? policy, string expected)
    {
        DataAsset asset = Examples.StrokeImages();
        asset.Offer = policy is null ? null : new Offer { PolicyJson = policy };
        Know(Examples.Segmentation());

        PolicyVerdict verdict = Assert.Single(CompetencesFor(asset)).Policy;

        Assert.Equal(PolicyVerdict.Types.Kind.Unknown, verdict.Kind);
        Assert.Contains(expected, verdict.Sentence.Values["en"], StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_policy_forbids_stands_last_however_well_it_fits()
    {
        DataAsset forbidden = Examples.StrokeImages();
        forbidden.Offer = Examples.Allowing(Examples.Education);
        DataAsset second = Examples.ClaimsData();
        Know(forbidden, second);

        IReadOnlyList<Proposal> proposals = DataAssetsFor(Examples.Segmentation(), "https://w3id.org/dpv#ScientificResearch");

        Assert.Equal(["asset-claims", "asset-stroke"], proposals.Select(proposal => proposal.DataAssetId));
        Assert.True(proposals[0].Score < proposals[1].Score);
    }

    [Fact]
    public void What_the_terms_want_and_what_the_candidate_leaves_open_would_make_it_better()
    {
        Competence silent = Examples.Segmentation();
        silent.Modalities.Clear();
        Know(silent);

        Proposal proposal = Assert.Single(CompetencesFor(Examples.StrokeImages(), Examples.Marketing));

        Assert.Equal(["policy", "modalities"], proposal.Improvements.Select(improvement => improvement.Field).Take(2));
        Assert.Contains("Choose another purpose", proposal.Improvements[0].Sentence.Values["en"], StringComparison.Ordinal);
        Assert.InRange(proposal.Improvements[1].Gain, 0.001, 1 - proposal.Score);
        Assert.All(proposal.Improvements, improvement => Assert.Equal(["de", "en"], improvement.Sentence.Values.Keys.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void What_is_asked_for_and_not_mentioned_is_named_as_what_would_make_it_better()
    {
        Know(Examples.Segmentation(), Examples.Survival());

        Proposal weak = CompetencesFor(Examples.ClaimsData()).Single(proposal => proposal.CompetenceId == "competence-segmentation");

        Improvement words = weak.Improvements.Single(improvement => improvement.Field == "words");
        Assert.Contains("„Abrechnungsdaten“", words.Sentence.Values["de"], StringComparison.Ordinal);
        Assert.Contains("does not mention", words.Sentence.Values["en"], StringComparison.Ordinal);
        Assert.InRange(words.Gain, 0.001, 1 - weak.Score);
    }

    [Fact]
    public void A_word_that_occurs_nowhere_meets_the_one_spelled_almost_like_it_and_the_reason_says_so()
    {
        DataAsset asset = Examples.ClaimsData();
        asset.Title = Examples.Text("Thrombektomie", "");
        Know(asset);
        var competence = new Competence { Id = "competence-misspelt", Title = new() { Values = { ["de"] = "Auswertung der Thrombektomei" } } };

        MatchReason reason = Assert.Single(Assert.Single(DataAssetsFor(competence)).Reasons, reason => reason.Field == "spelling");

        Assert.Contains("„Thrombektomie“ (für „Thrombektomei“)", reason.Sentence.Values["de"], StringComparison.Ordinal);
        Assert.Contains("almost as asked for", reason.Sentence.Values["en"], StringComparison.Ordinal);
    }

    [Fact]
    public void Words_that_stand_in_the_same_company_meet_and_the_reason_says_so()
    {
        for (int number = 0; number < 8; number++)
        {
            Know(new Competence
            {
                Id = $"competence-context-{number}", Provider = Examples.Organisation($"provider-{number}", ""), Title = new() { Values = { ["de"] = "Insulin und Diabetes" } },
            });
            Know(new Competence
            {
                Id = $"competence-elsewhere-{number}", Provider = Examples.Organisation($"elsewhere-{number}", ""), Title = new() { Values = { ["de"] = "Sturz und Pflege" } },
            });
        }
        Know(new Competence { Id = "competence-insulin", Provider = Examples.Organisation("other", ""), Title = new() { Values = { ["de"] = "Verordnungen von Insulin" } } });
        var asset = new DataAsset { Id = "asset-diabetes", Title = new() { Values = { ["de"] = "Diabetes" } } };

        Proposal found = Assert.Single(CompetencesFor(asset), proposal => proposal.CompetenceId == "competence-insulin");

        Assert.Contains("„Insulin“ (wie „Diabetes“)", Assert.Single(found.Reasons).Sentence.Values["de"], StringComparison.Ordinal);
        Assert.Equal("context", found.Reasons[0].Field);
        Assert.DoesNotContain(CompetencesFor(asset), proposal => proposal.CompetenceId.StartsWith("competence-elsewhere", StringComparison.Ordinal));
    }

    [Fact]
    public void Data_that_can_no_longer_be_used_are_not_proposed()
    {
        DataAsset over = Examples.StrokeImages();
        over.RetentionPeriod = new Period { End = new ManualTime().GetUtcNow().AddDays(-1).ToTimestamp() };
        Know(over);

        Assert.Empty(DataAssetsFor(Examples.Segmentation()));
    }

    [Fact]
    public void A_need_is_proposed_only_what_can_be_had_while_it_lasts()
    {
        DateTimeOffset now = new ManualTime().GetUtcNow();
        DataAsset asset = Examples.StrokeImages();
        asset.RetentionPeriod = new Period { End = now.AddDays(30).ToTimestamp() };
        Know(asset);
        Need need = Examples.HelpAfterStroke();
        need.Organisation = Examples.Organisation("kommune-beispiel", "");

        Assert.Equal(PolicyVerdict.Types.Kind.Compatible, Assert.Single(Engine().Propose(Item.Of(need), ItemKind.DataAsset, purpose: null, most: 10)).Policy.Kind);
        need.Period = new Period { Start = now.AddDays(60).ToTimestamp() };
        Assert.Empty(Engine().Propose(Item.Of(need), ItemKind.DataAsset, purpose: null, most: 10));
    }

    [Fact]
    public void No_organisation_fills_a_list_while_others_wait()
    {
        for (int number = 0; number < 12; number++)
        {
            Competence twin = Examples.Segmentation();
            twin.Id = $"competence-{number:00}";
            twin.Provider = number < 10 ? Examples.Organisation("large", "") : Examples.Organisation($"small-{number}", "");
            if (number >= 10) twin.Methods.Clear(); // fits a little less
            Know(twin);
        }

        string[] providers = [.. CompetencesFor(Examples.StrokeImages()).Select(proposal => proposal.Provider.Id)];

        Assert.Equal(["large", "large", "large", "small-10", "small-11", "large"], providers.Take(6));
        Assert.Equal(10, providers.Length);
    }

    [Fact]
    public void A_compound_is_a_kind_of_what_it_ends_in()
    {
        DataAsset asset = Examples.ClaimsData();
        asset.Title = Examples.Text("Krankenhausabrechnung", "");
        Know(asset);
        var competence = new Competence { Id = "competence-billing", Title = new() { Values = { ["de"] = "Prüfung der Abrechnung" } } };

        Assert.Contains(Assert.Single(DataAssetsFor(competence)).Reasons, reason => reason.Sentence.Values["de"].Contains("Krankenhausabrechnung", StringComparison.Ordinal));
    }

    [Fact]
    public void Equal_pairs_come_in_the_order_of_their_ids()
    {
        Competence twin = Examples.Segmentation();
        twin.Id = "competence-a-twin";
        Know(Examples.Segmentation(), twin);

        Assert.Equal(["competence-a-twin", "competence-segmentation"], CompetencesFor(Examples.StrokeImages()).Select(proposal => proposal.CompetenceId));
    }

    [Theory]
    [InlineData("")]
    [InlineData("MRT")]
    [InlineData("\"stroke -brain \\ <script> \uD800")]
    [InlineData("大脳の画像")]
    public void Any_description_leads_to_an_answer(string description)
    {
        DataAsset asset = Examples.StrokeImages();
        asset.Description = Examples.Text(description, description);
        Know(Examples.Segmentation());

        Assert.Single(CompetencesFor(asset));
    }

    [Fact]
    public void A_description_of_a_megabyte_leads_to_an_answer()
    {
        DataAsset asset = Examples.StrokeImages();
        asset.Description = Examples.Text(string.Concat(Enumerable.Range(0, 100_000).Select(number => $"wort{number} ")), "brain");
        Know(asset);
        Know(Examples.Segmentation());

        Assert.Single(CompetencesFor(asset));
        Assert.Single(DataAssetsFor(Examples.Segmentation()));
    }

    [Fact]
    public void An_item_that_states_nothing_is_proposed_to_nobody()
    {
        Know(Examples.Segmentation());
        Know(new DataAsset { Id = "empty" });

        Assert.Empty(CompetencesFor(new DataAsset { Id = "empty" }));
        Assert.Empty(DataAssetsFor(new Competence { Id = "empty" }));
    }

    [Fact]
    public void An_older_version_does_not_replace_a_newer_one_in_the_index()
    {
        Competence renamed = Examples.Segmentation();
        renamed.Title = Examples.Text("Neuer Name", "New name");
        _profiles.Put(new CompetenceProfile { Id = renamed.Id, Version = 2, KeptAt = 0, Competence = renamed });
        _profiles.Put(new CompetenceProfile { Id = renamed.Id, Version = 1, KeptAt = 0, Competence = Examples.Segmentation() });

        Assert.Equal("New name", _profiles.Competence(renamed.Id)!.Title.Values["en"]);
    }

    private void Know(params Competence[] competences)
    {
        foreach (Competence competence in competences)
            _profiles.Put(new CompetenceProfile { Id = competence.Id, Version = 1, KeptAt = 0, Competence = competence });
    }

    private void Know(params DataAsset[] assets)
    {
        foreach (DataAsset asset in assets)
            _profiles.Put(new DataAssetProfile { Id = asset.Id, Version = 1, KeptAt = 0, Asset = asset });
    }

    private IReadOnlyList<Proposal> CompetencesFor(DataAsset asset, string purpose = Examples.Research) => CompetencesFor(asset, Ranking.Untuned, purpose);

    private IReadOnlyList<Proposal> CompetencesFor(DataAsset asset, Ranking ranking, string purpose = Examples.Research)
    {
        ProposalEngine engine = Engine();
        engine.Ranking = ranking;
        return engine.Propose(Item.Of(asset), ItemKind.Competence, purpose, most: 10);
    }

    private IReadOnlyList<Proposal> DataAssetsFor(Competence competence, string purpose = Examples.Research) =>
        Engine().Propose(Item.Of(competence), ItemKind.DataAsset, purpose, most: 10);

    private ProposalEngine Engine() => new(_profiles, new PolicyVerdicts(), new ParticipantBook(new ManualTime()), new ManualTime());
}
