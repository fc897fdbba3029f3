using System.Buffers;
using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One key with its value: text, or bytes when the key ends in <c>-bin</c>.</summary>
    public sealed class Entry
    {
        private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz_-.");

        private readonly string? _value;
        private readonly byte[]? _valueBytes;

        /// <summary>Creates a text entry.</summary>
        /// <param name="key">Letters, digits, <c>_</c>, <c>-</c> and <c>.</c>; upper case is lowered; must not end in <c>-bin</c>.</param>
        /// <param name="value">The text.</param>
        /// <exception cref="ArgumentException">The key has other characters, or promises bytes.</exception>
        public Entry(string key, string value)
        {
            ArgumentNullException.ThrowIfNull(value);
            Key = Normalise(key);
            if (IsBinary)
            {
                throw new ArgumentException($"Metadata '{Key}' ends in '-bin' and so carries bytes, not text.", nameof(key));
            }

            _value = value;
        }

        /// <summary>Creates a binary entry.</summary>
        /// <param name="key">Letters, digits, <c>_</c>, <c>-</c> and <c>.</c>; must end in <c>-bin</c>.</param>
        /// <param name="valueBytes">The bytes; copied.</param>
        /// <exception cref="ArgumentException">The key has other characters, or promises text.</exception>
        public Entry(string key, byte[] valueBytes)
        {
            ArgumentNullException.ThrowIfNull(valueBytes);
            Key = Normalise(key);
            if (!IsBinary)
            {
                throw new ArgumentException($"Metadata '{Key}' carries bytes, so its key must end in '-bin'.", nameof(key));
            }

            _valueBytes = [.. valueBytes];
        }

        /// <summary>The key, lower-case.</summary>
        public string Key { get; }

        /// <summary>The text.</summary>
        /// <exception cref="InvalidOperationException">The entry is binary.</exception>
        public string Value => _value ?? throw new InvalidOperationException($"Metadata '{Key}' is binary.");

        /// <summary>A copy of the bytes; of a text entry its ASCII bytes.</summary>
        public byte[] ValueBytes => _valueBytes is null ? Encoding.ASCII.GetBytes(_value!) : [.. _valueBytes];

        /// <summary>Whether the entry carries bytes.</summary>
        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        /// <inheritdoc/>
        public override string ToString() => IsBinary ? $"[Entry: key={Key}, {_valueBytes!.Length} bytes]" : $"[Entry: key={Key}, value={_value}]";

        private static string Normalise(string key)
        {
            ArgumentException.ThrowIfNullOrEmpty(key);
            var lower = key.ToLowerInvariant();
            return lower.AsSpan().ContainsAnyExcept(KeyCharacters)
                ? throw new ArgumentException($"Metadata key '{key}' may only have letters, digits, '_', '-' and '.'.", nameof(key))
                : lower;
        }
    }
}
