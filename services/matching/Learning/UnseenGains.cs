namespace Ecosystem.Matching.Learning;

/// <summary>By how much each organisation's answers are put in better order by what was learnt without them, fold by fold.</summary>
internal sealed class UnseenGains
{
    private const double Least = 0.01;

    /// <summary>The mean has to be so many standard errors above nothing: chance alone gets there about once in seven hundred times.</summary>
    private const double Sureness = 3;

    private readonly List<double> _all = [];
    private bool _isWorseSomewhere;

    public double Mean => _all.Count == 0 ? 0 : _all.Average();

    /// <summary>Noticeable, hardly by chance, for more organisations better than worse, and worse in no fold.</summary>
    public bool AreConvincing =>
        !_isWorseSomewhere && Mean >= Least && Mean >= Sureness * StandardError && _all.Count(gain => gain > 0) > _all.Count(gain => gain < 0);

    private double StandardError => Math.Sqrt(_all.Sum(gain => Math.Pow(gain - Mean, 2)) / Math.Max(1, _all.Count - 1) / Math.Max(1, _all.Count));

    public void AddFold(IReadOnlyCollection<double> gains)
    {
        _isWorseSomewhere |= gains.Count > 0 && gains.Average() < 0;
        _all.AddRange(gains);
    }
}
