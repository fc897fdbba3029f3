namespace Ecosystem.Matching.Proposals;

/// <summary>
/// How often others found an organisation the right partner, 0 to 1, and how much that counts. Who answers counts once for each partner, however
/// many answers it gave. Who was judged by few stands at the mean of all, so that nobody reads what a single organisation said, and the small and the
/// new lose nothing; the other shares are drawn to the mean.
/// </summary>
internal sealed record Acceptance(double Weight, double Mean, IReadOnlyDictionary<string, double> Shares)
{
    /// <summary>What counts until people's answers say better: nothing.</summary>
    public static readonly Acceptance Untuned = new(Weight: 0, Mean: 0.5, new Dictionary<string, double>(StringComparer.Ordinal));

    /// <summary>So many answers of the mean stand beside those that an organisation got.</summary>
    private const double Caution = 5;

    /// <summary>As many have to have answered before what they said is told apart from the mean.</summary>
    private const int FewestOpinions = 5;

    private const double Noticeable = 0.01;

    public double Of(string organisation) => Shares.GetValueOrDefault(organisation, Mean);

    /// <summary>The fit of a pair with a partner, from what the two say and from what was said of the partner.</summary>
    public double Blend(double fit, string partner) => Weight <= 0 ? fit : ((1 - Weight) * fit) + (Weight * Of(partner));

    /// <summary>The shares that follow from answers.</summary>
    public static Acceptance From(IEnumerable<(string Asked, string Partner, bool Fits)> answers, double weight)
    {
        var opinions = answers.GroupBy(answer => (answer.Asked, answer.Partner))
            .Select(said => (said.Key.Partner, Share: said.Average(answer => answer.Fits ? 1.0 : 0.0))).ToList();
        if (opinions.Count == 0) return Untuned with { Weight = weight };
        double mean = opinions.Average(opinion => opinion.Share);
        return new Acceptance(weight, mean, opinions.GroupBy(opinion => opinion.Partner, StringComparer.Ordinal).Where(partner => partner.Count() >= FewestOpinions).ToDictionary(
            partner => partner.Key,
            partner => (partner.Sum(opinion => opinion.Share) + (Caution * mean)) / (partner.Count() + Caution),
            StringComparer.Ordinal));
    }

    /// <summary>Whether proposals would be the same, as far as anybody could notice.</summary>
    public bool IsLike(Acceptance other) => Weight.Equals(other.Weight)
        && (Weight <= 0 || Shares.Keys.Concat(other.Shares.Keys).All(organisation => Math.Abs(Of(organisation) - other.Of(organisation)) < Noticeable));
}
