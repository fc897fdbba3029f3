using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Storage.Tests;

public abstract partial class DocumentStoreCompliance
{
    [SkippableFact]
    public async Task A_document_is_loaded_as_it_was_stored()
    {
        var clinic = new Clinic
        {
            Id = "c1",
            City = "Gelsenkirchen",
            Beds = 300,
            Opened = DateTimeOffset.UnixEpoch,
            Themes = { "Gesund", "Ähnlich" },
            RegisterNumber = "r1",
            Contract = new Api { Name = "Größe \"x\"", Methods = { new Method { Name = "m", RequestStreaming = true } } },
        };
        await _store.SaveAsync(clinic);

        var loaded = await _store.LoadAsync<Clinic>("c1");

        Assert.Equal(clinic with { Themes = loaded!.Themes }, loaded);
        Assert.Equal(clinic.Themes, loaded.Themes);
    }

    [SkippableFact]
    public async Task Many_documents_are_loaded_at_once_in_the_order_asked_for_and_without_what_is_missing_or_deleted()
    {
        await _store.SaveAsync(new Clinic { Id = "c1" }, new Clinic { Id = "c2" }, new Clinic { Id = "c3" });
        await using var session = _store.OpenSession();
        var first = await session.LoadAsync<Clinic>("c1");
        session.Delete<Clinic>("c2");
        session.Store(new Clinic { Id = "new" });

        var loaded = await session.LoadManyAsync<Clinic>(["new", "c3", "nowhere", "c2", "c1", "c3"]);

        Assert.Equal(["new", "c3", "c1", "c3"], loaded.Select(clinic => clinic.Id));
        Assert.Same(first, loaded[2]);
        loaded[1].Beds = 9;
        session.Store(loaded[1]);
        await session.SaveChangesAsync();
        Assert.Equal(9, (await _store.LoadAsync<Clinic>("c3"))!.Beds);
    }

    [SkippableFact]
    public async Task What_was_never_stored_is_not_found() => Assert.Null(await _store.LoadAsync<Clinic>("nowhere"));

    [SkippableFact]
    public async Task One_identifier_is_one_instance_within_a_session()
    {
        await _store.SaveAsync(new Clinic { Id = "c1" });
        await using var session = _store.OpenSession();

        var first = await session.LoadAsync<Clinic>("c1");

        Assert.Same(first, await session.LoadAsync<Clinic>("c1"));
        Assert.Same(first, (await session.QueryAsync(DocumentQuery.For(Clinic.Type))).Items.Single());
    }

    [SkippableFact]
    public async Task Nothing_is_seen_by_others_before_the_save()
    {
        await using var session = _store.OpenSession();
        session.Store(new Clinic { Id = "c1" });
        Assert.Null(await _store.LoadAsync<Clinic>("c1"));

        await session.SaveChangesAsync();
        Assert.NotNull(await _store.LoadAsync<Clinic>("c1"));
    }

    [SkippableFact]
    public async Task Of_two_writers_one_wins_and_the_other_learns_the_current_etag()
    {
        await _store.SaveAsync(new Clinic { Id = "c1", Beds = 1 });
        await using var winner = _store.OpenSession();
        await using var loser = _store.OpenSession();
        var won = (await winner.LoadAsync<Clinic>("c1"))!;
        var lost = (await loser.LoadAsync<Clinic>("c1"))!;
        won.Beds = 2;
        lost.Beds = 3;
        winner.Store(won);
        loser.Store(lost);
        await winner.SaveChangesAsync();

        var conflict = await Assert.ThrowsAsync<ConcurrencyException>(() => loser.SaveChangesAsync());

        Assert.Equal("c1", conflict.DocumentId);
        Assert.Equal(winner.EtagOf(won), conflict.CurrentEtag);
        Assert.Equal(2, (await _store.LoadAsync<Clinic>("c1"))!.Beds);
    }

    [SkippableFact]
    public async Task Of_many_writers_at_once_no_change_is_lost()
    {
        await _store.SaveAsync(new Clinic { Id = "c1", Beds = 0 });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var done = 0; done < 10;)
            {
                await using var session = _store.OpenSession();
                var clinic = (await session.LoadAsync<Clinic>("c1"))!;
                clinic.Beds++;
                session.Store(clinic);
                try
                {
                    await session.SaveChangesAsync();
                    done++;
                }
                catch (ConcurrencyException)
                {
                    // Someone else was first: look again.
                }
            }
        })));

        Assert.Equal(80, (await _store.LoadAsync<Clinic>("c1"))!.Beds);
    }

    [SkippableFact]
    public async Task A_session_may_save_the_same_document_again()
    {
        await using var session = _store.OpenSession();
        var clinic = new Clinic { Id = "c1", Beds = 1 };
        Assert.Null(session.EtagOf(clinic));
        session.Store(clinic);
        await session.SaveChangesAsync();
        var first = session.EtagOf(clinic);

        clinic.Beds = 2;
        session.Store(clinic);
        await session.SaveChangesAsync();

        Assert.NotNull(first);
        Assert.NotEqual(first, session.EtagOf(clinic));
        Assert.Equal(2, (await _store.LoadAsync<Clinic>("c1"))!.Beds);
    }

    [SkippableFact]
    public async Task A_new_instance_of_a_loaded_document_is_guarded_too()
    {
        await _store.SaveAsync(new Clinic { Id = "c1", Beds = 1 });
        await using var session = _store.OpenSession();
        var copy = (await session.LoadAsync<Clinic>("c1"))! with { Beds = 5 };
        await ChangeAsync("c1", clinic => clinic.Beds = 9);
        session.Store(copy);

        await Assert.ThrowsAsync<ConcurrencyException>(() => session.SaveChangesAsync());
    }

    [SkippableFact]
    public async Task An_expected_etag_that_is_not_the_stored_one_refuses_the_save()
    {
        await _store.SaveAsync(new Clinic { Id = "c1" });
        await using var session = _store.OpenSession();
        var clinic = (await session.LoadAsync<Clinic>("c1"))!;
        session.Store(clinic);
        session.Expect(clinic, "some-other");

        var conflict = await Assert.ThrowsAsync<ConcurrencyException>(() => session.SaveChangesAsync());

        Assert.Equal(session.EtagOf(clinic), conflict.CurrentEtag);
    }

    [SkippableFact]
    public async Task The_expected_etag_that_is_the_stored_one_lets_the_save_pass()
    {
        await _store.SaveAsync(new Clinic { Id = "c1" });
        await using var session = _store.OpenSession();
        var clinic = (await session.LoadAsync<Clinic>("c1"))!;
        clinic.Beds = 7;
        session.Store(clinic);
        session.Expect(clinic, session.EtagOf(clinic));
        await session.SaveChangesAsync();

        Assert.Equal(7, (await _store.LoadAsync<Clinic>("c1"))!.Beds);
    }

    [SkippableFact]
    public async Task An_empty_expectation_is_none()
    {
        await using var session = _store.OpenSession();
        var clinic = new Clinic { Id = "c1" };
        session.Store(clinic);
        session.Expect(clinic, "");
        session.Expect(clinic, null);
        await session.SaveChangesAsync();
    }

    [SkippableFact]
    public async Task A_taken_identifier_is_refused_as_not_unique()
    {
        await _store.SaveAsync(new Clinic { Id = "c1" });

        var refusal = await Assert.ThrowsAsync<UniqueConstraintException>(() => _store.SaveAsync(new Clinic { Id = "c1" }));

        Assert.Equal("id", refusal.Index);
    }

    [SkippableFact]
    public async Task Inserting_what_another_inserted_since_the_look_is_a_conflict()
    {
        await using var session = _store.OpenSession();
        Assert.Null(await session.LoadAsync<Clinic>("c1"));
        await _store.SaveAsync(new Clinic { Id = "c1" });
        session.Store(new Clinic { Id = "c1" });

        await Assert.ThrowsAsync<ConcurrencyException>(() => session.SaveChangesAsync());
    }

    [SkippableTheory]
    [InlineData("a-new")]
    [InlineData("z-new")]
    public async Task Whoever_is_late_learns_that_and_not_that_what_it_adds_is_there_by_now(string added)
    {
        await _store.SaveAsync(new Clinic { Id = "head", Beds = 1 });
        await using var late = _store.OpenSession();
        late.Store((await late.LoadAsync<Clinic>("head"))!);
        late.Store(new Clinic { Id = added });
        await ChangeAsync("head", clinic => clinic.Beds = 2);
        await _store.SaveAsync(new Clinic { Id = added });

        var conflict = await Assert.ThrowsAsync<ConcurrencyException>(() => late.SaveChangesAsync());

        Assert.Equal("head", conflict.DocumentId);
    }

    [SkippableFact]
    public async Task A_unique_value_is_refused_for_a_second_document()
    {
        await _store.SaveAsync(new Clinic { Id = "c1", RegisterNumber = "r" });

        var refusal = await Assert.ThrowsAsync<UniqueConstraintException>(() => _store.SaveAsync(new Clinic { Id = "c2", RegisterNumber = "r" }));

        Assert.Equal(("register", "c2"), (refusal.Index, refusal.DocumentId));
        Assert.Null(await _store.LoadAsync<Clinic>("c2"));
    }

    [SkippableFact]
    public async Task Documents_without_a_unique_value_do_not_collide() =>
        await _store.SaveAsync(new Clinic { Id = "c1" }, new Clinic { Id = "c2" });

    [SkippableFact]
    public async Task A_unique_value_is_free_again_within_the_transaction_that_deletes_its_owner()
    {
        await _store.SaveAsync(new Clinic { Id = "c1", RegisterNumber = "r" });
        await using var session = _store.OpenSession();
        session.Store(new Clinic { Id = "c2", RegisterNumber = "r" });
        session.Delete<Clinic>("c1");
        await session.SaveChangesAsync();

        Assert.Null(await _store.LoadAsync<Clinic>("c1"));
        Assert.NotNull(await _store.LoadAsync<Clinic>("c2"));
    }

    [SkippableFact]
    public async Task Everything_is_saved_or_nothing()
    {
        await _store.SaveAsync(new Clinic { Id = "taken" });
        await using var session = _store.OpenSession();
        session.Store(new Clinic { Id = "new" });
        session.Store(new Clinic { Id = "taken" });
        session.Publish(new Api { Name = "n" }, "new");
        session.MarkReceived(new EventKey("s", "1"));
        await Assert.ThrowsAsync<UniqueConstraintException>(() => session.SaveChangesAsync());

        Assert.Null(await _store.LoadAsync<Clinic>("new"));
        Assert.Equal(0, (await _store.Outbox.StateAsync(default)).Count);
        Assert.False(await _store.Inbox.ContainsAsync(new EventKey("s", "1"), default));
    }

    [SkippableFact]
    public async Task A_deleted_document_is_gone_from_loads_and_queries()
    {
        await _store.SaveAsync(new Clinic { Id = "c1", Themes = { "Gesund" } });
        await using var session = _store.OpenSession();
        session.Delete<Clinic>("c1");
        Assert.Null(await session.LoadAsync<Clinic>("c1"));
        await session.SaveChangesAsync();

        Assert.Null(await _store.LoadAsync<Clinic>("c1"));
        Assert.Empty((await _store.QueryAsync(DocumentQuery.For(Clinic.Type).Where("theme", "Gesund"))).Items);
    }

    [SkippableFact]
    public async Task Deleting_a_document_that_changed_since_it_was_loaded_is_a_conflict()
    {
        await _store.SaveAsync(new Clinic { Id = "c1" });
        await using var session = _store.OpenSession();
        await session.LoadAsync<Clinic>("c1");
        await ChangeAsync("c1", clinic => clinic.Beds = 2);
        session.Delete<Clinic>("c1");

        var conflict = await Assert.ThrowsAsync<ConcurrencyException>(() => session.SaveChangesAsync());

        Assert.NotNull(conflict.CurrentEtag);
    }

    [SkippableFact]
    public async Task Saving_a_document_that_was_deleted_since_it_was_loaded_is_a_conflict_without_etag()
    {
        await _store.SaveAsync(new Clinic { Id = "c1" });
        await using var session = _store.OpenSession();
        session.Store((await session.LoadAsync<Clinic>("c1"))!);
        await DeleteAsync("c1");

        var conflict = await Assert.ThrowsAsync<ConcurrencyException>(() => session.SaveChangesAsync());

        Assert.Null(conflict.CurrentEtag);
    }

    [SkippableFact]
    public async Task A_document_created_again_never_repeats_an_etag()
    {
        await _store.SaveAsync(new Clinic { Id = "c1" });
        await using var stale = _store.OpenSession();
        stale.Store((await stale.LoadAsync<Clinic>("c1"))!);
        await DeleteAsync("c1");
        await _store.SaveAsync(new Clinic { Id = "c1" });

        await Assert.ThrowsAsync<ConcurrencyException>(() => stale.SaveChangesAsync());
    }

    [SkippableFact]
    public async Task Deleting_what_is_not_there_is_no_error() => await DeleteAsync("nowhere");

    [SkippableFact]
    public async Task A_class_that_is_no_document_is_refused_with_the_fix()
    {
        await using var session = _store.OpenSession();
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => session.LoadAsync<Api>("x"));
        Assert.Contains("AddDocumentStore", refusal.Message, StringComparison.Ordinal);
    }

    private async Task ChangeAsync(string id, Action<Clinic> change)
    {
        await using var session = _store.OpenSession();
        var clinic = (await session.LoadAsync<Clinic>(id))!;
        change(clinic);
        session.Store(clinic);
        await session.SaveChangesAsync();
    }

    private async Task DeleteAsync(string id)
    {
        await using var session = _store.OpenSession();
        session.Delete<Clinic>(id);
        await session.SaveChangesAsync();
    }
}
