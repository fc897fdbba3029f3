namespace Ecosystem.Matching.Rules;

/// <summary>How long the texts of needs, questions, rounds and answers may be, in characters (UTF-16).</summary>
internal static class Lengths
{
    public const int Title = 300;
    public const int Description = 20_000;
    public const int Reason = 2_000;
    public const int Word = 200;
}
