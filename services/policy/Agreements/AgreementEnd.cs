using Ecosystem.Odrl;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.V1;
using State = Ecosystem.Policy.V1.Agreement.Types.State;

namespace Ecosystem.Policy.Agreements;

/// <summary>Why an agreement in force is suspended: by its holder, or because its own terms permit nothing more.</summary>
internal static class AgreementEnd
{
    public const string ByHolder = "AGREEMENT_NOT_IN_FORCE";
    public const string UsedUp = "COUNT_EXHAUSTED";
    public const string TimeOver = "TIME_NOT_ALLOWED";

    public static Sentence SentenceOf(string code) => code switch
    {
        UsedUp => new("Alle vereinbarten Nutzungen sind verbraucht.", "All agreed uses are used up."),
        TimeOver => new("Die Bedingungen erlauben seit einem vereinbarten Zeitpunkt keine Nutzung mehr.", "Since an agreed moment the terms permit no use any more."),
        _ => new("Die Vereinbarung ist ausgesetzt.", "The agreement is suspended."),
    };

    /// <summary>What stands beside the end by the clock: who had not acted by then, if anybody had to.</summary>
    public static string ReasonOfExpiry(Agreement agreement) => agreement.Waits?.Reason is { } awaited
        ? $"Der Zeitraum ist vorbei. Bis dahin: {awaited.Values["de"]}\nThe period is over. Until then: {awaited.Values["en"]}"
        : "Der vereinbarte Zeitraum ist vorbei.\nThe agreed period is over.";

    public static void SuspendAsUsedUp(this AgreementDocument document, DateTimeOffset now, LedgerTransaction transaction) =>
        document.Suspend(UsedUp, now, transaction);

    public static void SuspendAsOver(this AgreementDocument document, DateTimeOffset now, LedgerTransaction transaction)
    {
        document.TermsEnd = null;
        if (document.Agreement.State is State.Agreed)
            document.Suspend(TimeOver, now, transaction);
        else
            transaction.Session.Store(document);
    }

    private static void Suspend(this AgreementDocument document, string code, DateTimeOffset now, LedgerTransaction transaction)
    {
        document.SuspensionCode = code;
        document.MoveTo(State.Suspended, "", "", $"{SentenceOf(code).German}\n{SentenceOf(code).English}", now, transaction);
    }
}
