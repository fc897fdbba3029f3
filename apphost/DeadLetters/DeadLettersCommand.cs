using System.CommandLine;
using Ecosystem.Messaging.V1;
using Grpc.Core;

namespace Ecosystem.AppHost.DeadLetters;

/// <summary>
/// <c>dotnet run --project apphost -- dead-letters list|show|replay|discard|backlog</c>: what a service could not apply, for operators.
/// It talks to one service of any deployment; without an address to the local one of that name.
/// </summary>
internal static class DeadLettersCommand
{
    public static Command Create(Func<ParseResult, string> stateDirectory)
    {
        var target = new TargetOptions(stateDirectory);
        var command = new Command("dead-letters", "Lists, shows, replays and discards events that a service could not apply.");
        target.AddTo(command);
        command.Subcommands.Add(List(target));
        command.Subcommands.Add(Show(target));
        command.Subcommands.Add(Replay(target));
        command.Subcommands.Add(Discard(target));
        command.Subcommands.Add(Backlog(target));
        return command;
    }

    private static Command List(TargetOptions target)
    {
        var state = new Option<string>("--only") { Description = "Only those in this state: parked or retrying." };
        state.AcceptOnlyFromAmong("parked", "retrying");
        var type = TypeOption();
        var limit = new Option<int>("--limit") { Description = "The most to list.", DefaultValueFactory = _ => 100 };
        limit.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var number) && number > 0))
                result.AddError("--limit takes a number above 0.");
        });
        var command = new Command("list", "Lists what failed, the latest failure first.") { state, type, limit };
        command.SetAction((parsed, ct) => target.RunAsync(parsed, desk => desk.ListAsync(
            parsed.GetValue(state) switch
            {
                "parked" => DeadLetter.Types.State.Parked,
                "retrying" => DeadLetter.Types.State.Retrying,
                _ => DeadLetter.Types.State.Unspecified,
            },
            parsed.GetValue(type) ?? "",
            parsed.GetValue(limit),
            ct), ct));
        return command;
    }

    private static Command Show(TargetOptions target)
    {
        var id = new Argument<string>("id") { Description = "As listed." };
        var command = new Command("show", "Shows one with the whole event as it arrived.") { id };
        command.SetAction((parsed, ct) => target.RunAsync(parsed, desk => desk.ShowAsync(parsed.GetValue(id)!, ct), ct));
        return command;
    }

    private static Command Replay(TargetOptions target)
    {
        var ids = new Argument<string[]>("id") { Description = "As listed; several are replayed one after the other.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "All that are parked, the one that failed first first." };
        var type = TypeOption();
        var command = new Command("replay", "Applies events again, now. An event is never applied twice.") { ids, all, type };
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) == result.GetValue(ids) is { Length: > 0 })
                result.AddError("Name the dead letters to replay, or say --all.");
            else if (result.GetValue(type) is not null && !result.GetValue(all))
                result.AddError("--type belongs to --all.");
        });
        command.SetAction((parsed, ct) => target.RunAsync(
            parsed, desk => parsed.GetValue(all) ? desk.ReplayAllAsync(parsed.GetValue(type) ?? "", ct) : desk.ReplayAsync(parsed.GetValue(ids)!, ct), ct));
        return command;
    }

    private static Command Discard(TargetOptions target)
    {
        var ids = new Argument<string[]>("id") { Description = "As listed.", Arity = ArgumentArity.OneOrMore };
        var yes = new Option<bool>("--yes") { Description = "Needed: what is discarded will never be applied, and is gone." };
        var command = new Command("discard", "Gives events up for good.") { ids, yes };
        command.Validators.Add(result =>
        {
            if (!result.GetValue(yes))
                result.AddError("What is discarded will never be applied, and is gone. Look at it with 'show' first, then say --yes.");
        });
        command.SetAction((parsed, ct) => target.RunAsync(parsed, desk => desk.DiscardAsync(parsed.GetValue(ids)!, ct), ct));
        return command;
    }

    private static Command Backlog(TargetOptions target)
    {
        var command = new Command("backlog", "Tells what waits: to be sent, to be tried again, for somebody to decide.");
        command.SetAction((parsed, ct) => target.RunAsync(parsed, desk => desk.BacklogAsync(ct), ct));
        return command;
    }

    private static Option<string?> TypeOption() => new("--type") { Description = "Only events of this type, such as ecosystem.catalog.events.v1.DataAssetPublished." };
}
