using Ecosystem.Catalog.V1;
using Ecosystem.Matching.V1;
using Ecosystem.ServiceDefaults.Requests;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.ServiceDefaults.Tests;

/// <summary>Without a mask an update changes what the request fills in, and nothing else (AIP-134).</summary>
public sealed class FieldMaskUpdateTests
{
    private static readonly HashSet<string> Settable = ["capacity", "digest", "participation", "available"];

    private readonly MatchingSettings _kept = new() { Capacity = 3, Digest = MatchingSettings.Types.Rhythm.Daily, Participation = MatchingSettings.Types.Participation.Active };

    [Fact]
    public void A_number_that_the_request_leaves_out_stays_as_it_is()
    {
        Apply(new() { Digest = MatchingSettings.Types.Rhythm.Weekly }, mask: null);

        Assert.Equal((3, MatchingSettings.Types.Rhythm.Weekly), (_kept.Capacity, _kept.Digest));
    }

    [Fact]
    public void A_number_that_the_request_names_is_taken()
    {
        Apply(new() { Capacity = 5 }, mask: null);

        Assert.Equal((5, MatchingSettings.Types.Rhythm.Daily), (_kept.Capacity, _kept.Digest));
    }

    [Fact]
    public void What_a_mask_names_is_set_to_nothing_too()
    {
        Apply(new(), new FieldMask { Paths = { "capacity" } });

        Assert.Equal((0, MatchingSettings.Types.Rhythm.Daily), (_kept.Capacity, _kept.Digest));
    }

    [Fact]
    public void A_star_stands_for_all_fields()
    {
        Apply(new(), new FieldMask { Paths = { "*" } });

        Assert.Equal(new MatchingSettings(), _kept);
    }

    [Fact]
    public void Lists_truth_values_and_messages_count_when_they_are_there()
    {
        var kept = new DataAsset { HasStructuredData = true, Keywords = { new Keyword { Text = "Pflege" } }, Title = new() { Values = { ["de"] = "Titel (Beispiel)" } }, Identifier = "x" };
        FieldMaskUpdate.Apply(new DataAsset { Identifier = "y" }, kept, mask: null, new HashSet<string>(["has_structured_data", "keywords", "title", "identifier"]), new NoProblems());

        Assert.Equal((true, "Pflege", "Titel (Beispiel)", "y"), (kept.HasStructuredData, kept.Keywords.Single().Text, kept.Title.Values["de"], kept.Identifier));
    }

    private void Apply(MatchingSettings wanted, FieldMask? mask) => FieldMaskUpdate.Apply(wanted, _kept, mask, Settable, new NoProblems());

    private sealed class NoProblems() : FieldProblems("")
    {
        public override void Add(string field, string english, string? german = null) => Assert.Fail($"{PathOf(field)}: {english}");
    }
}
