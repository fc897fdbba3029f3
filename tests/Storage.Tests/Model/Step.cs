namespace Ecosystem.Storage.Tests;

/// <summary>One thing a service may do with its store.</summary>
internal abstract record Step
{
    /// <summary>One unit of work.</summary>
    /// <param name="Changes">In order; the last of a document counts.</param>
    /// <param name="LooksFirst">Whether the session loads each document before.</param>
    internal sealed record Save(Change[] Changes, bool LooksFirst) : Step
    {
        public override string ToString() => $"{(LooksFirst ? "Load and save" : "Save")} {string.Join("; ", (object[])Changes)}";
    }

    /// <summary>Two sessions look, both change, the first one saves.</summary>
    internal sealed record Conflict(string Id, string? City) : Step;

    internal sealed record Ask(string?[]? Cities, int? From, int? Before, string? Theme, string? Order, bool IsDescending, int PageSize) : Step
    {
        public bool HasRange => From is not null || Before is not null;

        public DocumentQuery<Clinic> Query()
        {
            var query = DocumentQuery.For(Clinic.Type);
            query = Cities is null ? query : query.WhereAny("city", Cities);
            query = HasRange ? query.WhereRange("beds", From, Before) : query;
            query = Theme is null ? query : query.Where("theme", Theme);
            return (Order, IsDescending) switch
            {
                (null, _) => query,
                (_, false) => query.OrderBy(Order),
                (_, true) => query.OrderByDescending(Order),
            };
        }

        public override string ToString() =>
            $"Ask city in [{(Cities is null ? "any" : string.Join(", ", Cities))}], beds {From}..{Before}, theme {Theme}, by {Order} {(IsDescending ? "down" : "up")}, pages of {PageSize}";
    }
}

internal abstract record Change(string Id);

internal sealed record Put(string Id, string? City, int? Beds, string? Register, string[] Themes) : Change(Id)
{
    public Clinic Clinic => new() { Id = Id, City = City, Beds = Beds, RegisterNumber = Register, Themes = [.. Themes] };
}

internal sealed record Remove(string Id) : Change(Id);
