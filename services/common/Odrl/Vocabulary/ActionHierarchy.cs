using System.Collections.Frozen;

namespace Ecosystem.Odrl;

/// <summary>Which action is included in which (<c>odrl:includedIn</c>, ODRL Vocabulary 2.2, section 3.6): reading is a kind of using, selling is not.</summary>
public sealed class ActionHierarchy
{
    private readonly FrozenDictionary<string, string> _broader;

    private ActionHierarchy(IEnumerable<KeyValuePair<string, string>> broader) =>
        _broader = broader.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The actions of ODRL 2.2, the Creative Commons actions it includes, and the deprecated ones still seen in policies.</summary>
    public static ActionHierarchy Standard { get; } = new(StandardActions());

    /// <summary>A hierarchy with one more action, as a profile defines it.</summary>
    /// <param name="action">The new action's IRI.</param>
    /// <param name="includedIn">The IRI of the action that includes it.</param>
    /// <returns>The larger hierarchy.</returns>
    /// <exception cref="ArgumentException">The two actions would include each other.</exception>
    public ActionHierarchy With(string action, string includedIn)
    {
        if (Includes(action, includedIn))
            throw new ArgumentException($"'{includedIn}' is already included in '{action}'.", nameof(includedIn));
        return new(_broader.Where(pair => pair.Key != action).Append(new(action, includedIn)));
    }

    /// <summary>Whether doing one action is doing the other.</summary>
    /// <param name="broad">The action that may include the other.</param>
    /// <param name="narrow">The action that may be included.</param>
    /// <returns>True for equal actions, and along <c>includedIn</c>.</returns>
    public bool Includes(string broad, string narrow)
    {
        for (var action = narrow; action is not null; action = _broader.GetValueOrDefault(action))
        {
            if (action == broad)
                return true;
        }

        return false;
    }

    /// <summary>Whether the action is known.</summary>
    /// <param name="action">The action's IRI.</param>
    /// <returns>True when it is a top action or included in one.</returns>
    public bool Knows(string action) => action is OdrlTerms.Use or OdrlTerms.Transfer || _broader.ContainsKey(action);

    private static IEnumerable<KeyValuePair<string, string>> StandardActions()
    {
        const string Cc = "http://creativecommons.org/ns#";
        string[] kindsOfUse =
        [
            "acceptTracking", "aggregate", "annotate", "anonymize", "append", "appendTo", "archive", "attachPolicy", "attachSource", "attribute",
            "commercialize", "compensate", "concurrentUse", "copy", "delete", "derive", "digitize", "distribute", "ensureExclusivity", "execute",
            "export", "extractChar", "grantUse", "include", "index", "inform", "install", "modify", "move", "nextPolicy", "obtainConsent", "play",
            "present", "preview", "print", "read", "reproduce", "reviewPolicy", "secondaryUse", "share", "shareAlike", "stream", "synchronize",
            "textToSpeech", "transform", "translate", "uninstall", "watermark", "write", "writeTo",
        ];
        (string Narrow, string Broad)[] others =
        [
            ("display", "play"), ("extract", "reproduce"), ("extractPage", "reproduce"), ("extractWord", "reproduce"),
            ("give", "transfer"), ("sell", "transfer"), ("lease", "transfer"), ("lend", "transfer"), ("license", "transfer"), ("pay", "compensate"),
        ];
        foreach (var action in kindsOfUse)
            yield return new(OdrlTerms.Namespace + action, OdrlTerms.Use);
        foreach (var (narrow, broad) in others)
            yield return new(OdrlTerms.Namespace + narrow, OdrlTerms.Namespace + broad);
        foreach (var action in new[] { "Attribution", "CommercialUse", "DerivativeWorks", "Distribution", "Notice", "Reproduction", "ShareAlike", "Sharing", "SourceCode" })
            yield return new(Cc + action, OdrlTerms.Use);
    }
}
