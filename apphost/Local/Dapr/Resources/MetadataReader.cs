using System.Globalization;
using Ecosystem.AppHost.Local.Dapr.Delivery;

namespace Ecosystem.AppHost.Local.Dapr.Resources;

/// <summary>Reads the metadata of a component and collects what is wrong with it, so that all of it is told at once.</summary>
internal sealed class MetadataReader(ComponentResource component)
{
    private readonly List<string> _problems = [];

    public string? Text(string name) => component.Value(name) is { Length: > 0 } value ? value : null;

    /// <summary>True and false as Go writes them.</summary>
    public bool Flag(string name, bool otherwise)
    {
        switch (Text(name)?.ToLowerInvariant())
        {
            case null:
                return otherwise;
            case "true" or "t" or "1" or "yes" or "y" or "on":
                return true;
            case "false" or "f" or "0" or "no" or "n" or "off":
                return false;
            default:
                _problems.Add($"{name} '{Text(name)}' is neither true nor false");
                return otherwise;
        }
    }

    public long? Number(string name, long from, long to)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to)
        {
            return number;
        }

        _problems.Add($"{name} '{text}' is not a whole number from {from} to {to}");
        return null;
    }

    public TimeSpan Duration(string name, TimeSpan otherwise)
    {
        try
        {
            return Text(name) is { } text ? RetryPolicy.ParseDuration(text) : otherwise;
        }
        catch (InvalidDataException e)
        {
            _problems.Add($"{name}: {e.Message.TrimEnd('.')}");
            return otherwise;
        }
    }

    public void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            _problems.Add(otherwise);
        }
    }

    /// <exception cref="InvalidDataException">Something is wrong; the message has all of it.</exception>
    public void ThrowIfAnyProblem()
    {
        if (_problems.Count > 0)
        {
            throw new InvalidDataException($"component '{component.Metadata.Name}' cannot be used: {string.Join("; ", _problems)}.");
        }
    }
}
