namespace Ecosystem.Matching.Proposals;

/// <summary>
/// Turns how well a pair fits into the share of such proposals that turn out right (Platt, 1999): a logistic curve, which keeps every order. The one
/// nobody has answered for yet follows the truth of the synthetic alliance in <c>tests/evaluate</c>, which prints how far it is off; it is flatter than
/// the best curve there, because words of people are more varied than those of a made-up alliance.
/// </summary>
internal sealed record Calibration(double Slope, double Offset)
{
    public static readonly Calibration Untuned = new(Slope: 14, Offset: -9.5);

    private const int Steps = 60;
    private const double LeastSlope = 0.5;
    private const int Bins = 10;

    /// <summary>What keeps a fit to few answers near the curve before.</summary>
    private const double Caution = 0.05;

    public double Of(double fit) => 1 / (1 + Math.Exp(-((Slope * fit) + Offset)));

    /// <summary>
    /// The curve that makes what was seen most likely, held near this one (Newton's method; a step that would make it worse is shortened). It always
    /// rises, so that no order changes.
    /// </summary>
    public Calibration FittedTo(IReadOnlyCollection<(double Fit, bool Right)> seen)
    {
        if (seen.Count == 0) return this;
        Calibration curve = this;
        for (int step = 0; step < Steps; step++)
        {
            Calibration next = Better(curve, seen);
            if (next == curve) break;
            curve = next;
        }
        return curve;
    }

    private Calibration Better(Calibration curve, IReadOnlyCollection<(double Fit, bool Right)> seen)
    {
        (double slope, double offset) = StepFrom(curve, seen);
        double now = Unlikeliness(curve, seen);
        for (double part = 1; part > 1e-4; part /= 2)
        {
            var next = new Calibration(Math.Max(LeastSlope, curve.Slope - (part * slope)), curve.Offset - (part * offset));
            if (Unlikeliness(next, seen) < now - 1e-9) return next;
        }
        return curve;
    }

    /// <summary>Newton's step; along the offset alone where the slope is as small as it may be.</summary>
    private (double Slope, double Offset) StepFrom(Calibration curve, IReadOnlyCollection<(double Fit, bool Right)> seen)
    {
        (double bySlope, double byOffset) = (Caution * (curve.Slope - Slope), Caution * (curve.Offset - Offset));
        (double slopeTwice, double both, double offsetTwice) = (Caution, 0, Caution);
        foreach ((double fit, bool right) in seen)
        {
            double share = curve.Of(fit);
            double error = share - (right ? 1 : 0);
            double bend = share * (1 - share);
            bySlope += error * fit;
            byOffset += error;
            slopeTwice += bend * fit * fit;
            both += bend * fit;
            offsetTwice += bend;
        }
        if (curve.Slope <= LeastSlope) return (0, byOffset / offsetTwice);
        double determinant = (slopeTwice * offsetTwice) - (both * both);
        return (((bySlope * offsetTwice) - (byOffset * both)) / determinant, ((byOffset * slopeTwice) - (bySlope * both)) / determinant);
    }

    private double Unlikeliness(Calibration curve, IReadOnlyCollection<(double Fit, bool Right)> seen) =>
        (Caution / 2 * (Math.Pow(curve.Slope - Slope, 2) + Math.Pow(curve.Offset - Offset, 2)))
        + seen.Sum(one => Math.Log(1 + Math.Exp((one.Right ? -1 : 1) * ((curve.Slope * one.Fit) + curve.Offset))));

    /// <summary>The expected calibration error: how far what was said and what came differ, in ten bins of what was said, 0 to 1.</summary>
    public static double Error(IReadOnlyCollection<(double Said, bool Right)> seen) => seen.Count == 0
        ? 0
        : seen.GroupBy(one => Math.Min(Bins - 1, (int)(one.Said * Bins)))
            .Sum(bin => Math.Abs(bin.Sum(one => one.Said - (one.Right ? 1 : 0)))) / seen.Count;
}
