using Ecosystem.Matching.Participants;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Proposals;
using Ecosystem.Matching.V1;
using Kind = Ecosystem.Matching.V1.PolicyVerdict.Types.Kind;

namespace Ecosystem.Matching.Sketches;

/// <summary>
/// From sketch to data: chooses data assets that cover a project idea together. Each choice is the one that adds most to what is covered already
/// (greedy maximum coverage, whose result is at least 63 % of the best possible; Nemhauser, Wolsey and Fisher, 1978), so the second asset is not
/// the second best by itself but the best complement.
/// </summary>
internal sealed class SketchPlanner(ProfileIndex profiles, PolicyVerdicts policies, ParticipantBook participants, TimeProvider time)
{
    private const int Looked = 200;
    private const int MostTopics = 12;
    private const int MostGaps = 10;

    /// <summary>What adds less of all that is asked is not worth a negotiation of its own.</summary>
    private const double LeastGain = 0.03;

    /// <summary>A topic whose share of all is smaller is no gap worth naming.</summary>
    private const double LeastGap = 0.01;

    public ProposeDataForSketchResponse Plan(Item sketch, string purpose, int most)
    {
        // What data cover is a claim about them: only what they say themselves counts.
        TextQuery query;
        List<Candidate> best;
        IReadOnlyList<AskedWord> asked = Words.AskedBy(sketch);
        ItemIndex index = profiles.Of(ItemKind.DataAsset);
        using (ItemIndex.Reading items = index.Read())
        {
            query = TextQuery.Of(asked, items, NearWords.None);
            best = CandidateScores.Best(items, sketch, query, SignalWeights.Untuned.For(sketch, ItemKind.DataAsset), Looked);
        }
        DateTimeOffset now = time.GetUtcNow();
        List<Coverage> open =
        [
            .. best.Where(candidate => HardConstraints.Allow(sketch, candidate.Item, now) && participants.IsAvailable(candidate.Item.Organisation.Id))
                .Select(candidate => new Coverage(candidate.Item, query.MeetingsIn(index.WordsOf(candidate.Item)), policies.Of(candidate.Item.Asset!, [purpose], all: true))),
        ];
        var response = new ProposeDataForSketchResponse();
        response.Excluded.AddRange(open.Where(one => one.Policy.Kind == Kind.Conflict).Take(most).Select(one => new ExcludedData
        {
            DataAssetId = one.Item.Id, Title = one.Item.Title, Holder = one.Item.Organisation, Policy = one.Policy.Clone(),
        }));
        open.RemoveAll(one => one.Policy.Kind == Kind.Conflict);
        var covered = new Dictionary<string, double>(StringComparer.Ordinal);
        while (response.Parts.Count < most && open.Count > 0)
        {
            // Equal gains go to the better one by itself, which stands earlier.
            Coverage next = open.MaxBy(one => one.Gain(covered))!;
            double gain = next.Gain(covered);
            if (gain < LeastGain && response.Parts.Count > 0) break;
            if (gain <= 0) break;
            response.Parts.Add(next.Part(covered, MostTopics));
            next.AddTo(covered);
            open.Remove(next);
        }
        response.CoveredShare = covered.Values.Sum();
        response.Gaps.AddRange(GapsIn(asked, query, covered));
        return response;
    }

    /// <summary>What no registered data speak of, then what the chosen ones leave out, the weightiest first.</summary>
    private static IEnumerable<SketchGap> GapsIn(IReadOnlyList<AskedWord> asked, TextQuery query, Dictionary<string, double> covered)
    {
        HashSet<string> known = [.. query.Words.Select(word => word.Asked.Word)];
        IEnumerable<SketchGap> nowhere = asked.Where(word => !known.Contains(word.Word) && word.Word.Length > 3 && !word.Word.All(char.IsDigit))
            .OrderByDescending(word => word.Weight).ThenBy(word => word.Word, StringComparer.Ordinal).Take(MostGaps / 2)
            .Select(word => new SketchGap { Topic = word.Word, OfferedSomewhere = false });
        IEnumerable<SketchGap> leftOut = query.Words.Where(word => !covered.ContainsKey(word.Asked.Word) && word.Weight / query.Attainable >= LeastGap)
            .OrderByDescending(word => word.Weight).ThenBy(word => word.Asked.Word, StringComparer.Ordinal).Take(MostGaps / 2)
            .Select(word => new SketchGap { Topic = word.Asked.Word, OfferedSomewhere = true, Share = word.Weight / query.Attainable });
        return nowhere.Concat(leftOut);
    }

    /// <summary>What one data asset covers of the sketch: by word, its share of all that is asked.</summary>
    private sealed class Coverage(Item item, IReadOnlyList<WordMeeting> met, PolicyVerdict policy)
    {
        private readonly Dictionary<string, double> _shares = met.GroupBy(meeting => meeting.Asked, StringComparer.Ordinal)
            .ToDictionary(word => word.Key, word => word.Sum(meeting => meeting.Share), StringComparer.Ordinal);

        public Item Item => item;

        public PolicyVerdict Policy => policy;

        public double Gain(Dictionary<string, double> covered) => _shares.Sum(word => Math.Max(0, word.Value - covered.GetValueOrDefault(word.Key)));

        public void AddTo(Dictionary<string, double> covered)
        {
            foreach ((string word, double share) in _shares) covered[word] = Math.Max(share, covered.GetValueOrDefault(word));
        }

        public SketchPart Part(Dictionary<string, double> covered, int mostTopics) => new()
        {
            DataAssetId = item.Id,
            Title = item.Title,
            Holder = item.Organisation,
            Share = Gain(covered),
            Topics =
            {
                _shares.Select(word => (word.Key, Gain: word.Value - covered.GetValueOrDefault(word.Key))).Where(word => word.Gain > 0)
                    .OrderByDescending(word => word.Gain).ThenBy(word => word.Key, StringComparer.Ordinal).Take(mostTopics).Select(word => word.Key),
            },
            Policy = policy.Clone(),
        };
    }
}
