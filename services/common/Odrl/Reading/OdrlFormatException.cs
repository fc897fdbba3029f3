namespace Ecosystem.Odrl;

/// <summary>A text is not a policy that can be understood. Says where and what to change.</summary>
public sealed class OdrlFormatException : FormatException
{
    /// <summary>Reports a problem at a place.</summary>
    /// <param name="path">The JSON path of the place, for example <c>$.permission[0].constraint[1].operator</c>.</param>
    /// <param name="problem">What is wrong there and what to do.</param>
    public OdrlFormatException(string path, Sentence problem)
        : base($"{path}: {problem.English}")
    {
        Path = path;
        Problem = problem;
    }

    /// <summary>The JSON path of the place; <c>$</c> when the text is not JSON at all.</summary>
    public string Path { get; }

    /// <summary>What is wrong there and what to do.</summary>
    public Sentence Problem { get; }

    /// <summary>The line, counted from 1, when the text is not JSON; else null.</summary>
    public long? Line { get; init; }
}
