using FsCheck;
using FsCheck.Fluent;

namespace Ecosystem.Storage.Tests;

public abstract partial class DocumentStoreCompliance
{
    private static readonly string[] Ids = [.. Enumerable.Range(0, 7).Select(number => $"c{number}")];

    /// <summary>Random sequences of loads, saves, deletes, conflicts and queries end like those of a dictionary.</summary>
    [SkippableFact]
    public void The_store_agrees_with_a_simple_model() =>
        Prop.ForAll(Steps.Any, steps => AgreeAsync(steps).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private async Task<bool> AgreeAsync(Step[] steps)
    {
        await EmptyAsync();
        var model = new ModelStore();
        foreach (var step in steps)
        {
            var agrees = step switch
            {
                Step.Save save => await TrySaveAsync(save) == model.Save(save),
                Step.Conflict conflict => await OneWinsAsync(conflict, model),
                Step.Ask ask => (await AskAsync(ask)).SequenceEqual(model.Ask(ask)),
                _ => throw new NotSupportedException(step.ToString()),
            };
            if (!agrees || !await HasAsync(model))
                return false;
        }

        return true;
    }

    private async Task<bool> TrySaveAsync(Step.Save save)
    {
        await using var session = _store.OpenSession();
        foreach (var change in save.Changes)
        {
            if (save.LooksFirst)
                await session.LoadAsync<Clinic>(change.Id);
            if (change is Put put)
                session.Store(put.Clinic);
            else
                session.Delete<Clinic>(change.Id);
        }

        try
        {
            await session.SaveChangesAsync();
            return true;
        }
        catch (UniqueConstraintException)
        {
            return false;
        }
    }

    private async Task<bool> OneWinsAsync(Step.Conflict conflict, ModelStore model)
    {
        await using var winner = _store.OpenSession();
        await using var loser = _store.OpenSession();
        await winner.LoadAsync<Clinic>(conflict.Id);
        await loser.LoadAsync<Clinic>(conflict.Id);
        var won = new Clinic { Id = conflict.Id, City = conflict.City };
        winner.Store(won);
        loser.Store(new Clinic { Id = conflict.Id, City = "lost" });
        await winner.SaveChangesAsync();
        model.Put(won);
        try
        {
            await loser.SaveChangesAsync();
            return false;
        }
        catch (ConcurrencyException refused)
        {
            return refused.CurrentEtag == winner.EtagOf(won);
        }
    }

    private async Task<List<string>> AskAsync(Step.Ask ask)
    {
        var (ids, token) = (new List<string>(), (string?)null);
        do
        {
            var page = await _store.QueryAsync(ask.Query().Page(ask.PageSize, token));
            ids.AddRange(page.Items.Select(clinic => clinic.Id));
            token = page.NextPageToken;
        }
        while (token is not null);
        return ids;
    }

    private async Task<bool> HasAsync(ModelStore model)
    {
        foreach (var id in Ids)
        {
            var (stored, expected) = (await _store.LoadAsync<Clinic>(id), model.Find(id));
            var isSame = stored is null
                ? expected is null
                : expected is not null && stored.Themes.SequenceEqual(expected.Themes) && stored == expected with { Themes = stored.Themes };
            if (!isSame)
                return false;
        }

        return true;
    }

    private async Task EmptyAsync()
    {
        await using var session = _store.OpenSession();
        foreach (var id in Ids)
            session.Delete<Clinic>(id);
        await session.SaveChangesAsync();
    }
}
