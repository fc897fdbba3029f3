namespace Ecosystem.ServiceDefaults.Requests;

/// <summary>
/// Collects everything that is wrong with a request, so that its author hears it all at once, in English and in German. What becomes of the
/// problems, the service says that derives from this.
/// </summary>
/// <param name="message">The field of the request that is checked, such as <c>data_asset</c>; empty for the request itself.</param>
public abstract class FieldProblems(string message)
{
    /// <summary>A value is wrong.</summary>
    /// <param name="field">The path of the field within the message that is checked, as in <c>distributions[0].access_url</c>.</param>
    /// <param name="english">What is wrong and how to put it right.</param>
    /// <param name="german">The same in German; null where only programs can make the mistake.</param>
    public abstract void Add(string field, string english, string? german = null);

    /// <summary>Adds a problem unless what is asked for <paramref name="holds"/>; the others as in <see cref="Add"/>.</summary>
    public void Unless(bool holds, string field, string english, string? german = null)
    {
        if (!holds)
        {
            Add(field, english, german);
        }
    }

    /// <summary>The path of a field from the request on.</summary>
    protected string PathOf(string field) => message.Length == 0 ? field : $"{message}.{field}";
}
