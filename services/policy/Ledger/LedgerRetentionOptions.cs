using Microsoft.Extensions.Options;

namespace Ecosystem.Policy.Ledger;

/// <summary>How long entries keep their content: the section <c>Ledger:Retention</c>. What is not set is kept for good.</summary>
internal sealed class LedgerRetentionOptions
{
    private static readonly TimeSpan Shortest = TimeSpan.FromDays(1);

    /// <summary>Of decisions on uses and of duties fulfilled.</summary>
    public TimeSpan? Uses { get; set; }

    /// <summary>Of changes of agreements.</summary>
    public TimeSpan? Agreements { get; set; }

    public static void AddTo(WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<LedgerRetentionOptions>().BindConfiguration("Ledger:Retention").ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<LedgerRetentionOptions>, Check>();
    }

    private sealed class Check : IValidateOptions<LedgerRetentionOptions>
    {
        public ValidateOptionsResult Validate(string? name, LedgerRetentionOptions options)
        {
            (string Setting, TimeSpan? Value)[] settings = [("Uses", options.Uses), ("Agreements", options.Agreements)];
            var errors = settings.Where(setting => setting.Value < Shortest).Select(setting =>
                $"Ledger:Retention:{setting.Setting} is '{setting.Value}'. What is deleted is gone: set it to at least a day, e.g. 3650.00:00:00 for ten years, or leave it out to keep all.").ToList();
            return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
        }
    }
}
