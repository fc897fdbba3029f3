namespace Ecosystem.Odrl;

/// <summary>Reads a literal from left to right, without any memory of its own: decisions parse values millions of times a second.</summary>
internal ref struct Scanner(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public bool Take(char wanted)
    {
        if (_rest.IsEmpty || _rest[0] != wanted)
            return false;
        _rest = _rest[1..];
        return true;
    }

    /// <summary>Exactly so many decimal digits.</summary>
    public bool Digits(int count, out int number)
    {
        number = 0;
        if (_rest.Length < count)
            return false;
        foreach (var digit in _rest[..count])
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            number = (number * 10) + (digit - '0');
        }

        _rest = _rest[count..];
        return true;
    }

    /// <summary>One to nine decimal digits.</summary>
    public bool UpToNineDigits(out int number)
    {
        var count = 0;
        while (count < _rest.Length && char.IsAsciiDigit(_rest[count]))
            count++;
        number = 0;
        return count is > 0 and <= 9 && Digits(count, out number);
    }

    /// <summary>The digits behind the decimal point of seconds, as ticks; what is finer than a tick is cut off.</summary>
    public bool Fraction(out long ticks)
    {
        ticks = 0;
        var place = 0;
        for (; place < _rest.Length && char.IsAsciiDigit(_rest[place]); place++)
        {
            if (place < 7)
                ticks = (ticks * 10) + (_rest[place] - '0');
        }

        for (var missing = place; missing < 7; missing++)
            ticks *= 10;
        _rest = _rest[place..];
        return place > 0;
    }
}
