namespace Ecosystem.Search;

/// <summary>A segment as a file: its arrays one after the other. The manifest knows length and checksum.</summary>
internal static class SegmentFile
{
    internal static void Write(SectionWriter file, SearchSchema schema, Segment segment)
    {
        file.Write<byte>(segment.Ids.Bytes);
        file.Write<int>(segment.Ids.Starts);
        file.Write<long>(segment.Versions);
        file.Write(segment.Terms.Terms);
        file.Write<int>(segment.Terms.ByReversed);
        file.Write<int>(segment.Terms.Counts);
        file.Write<byte>(segment.Terms.Occurrences.Bytes);
        file.Write<int>(segment.Terms.Occurrences.Starts);
        file.Write<byte>(segment.Terms.Positions.Bytes);
        file.Write<int>(segment.Terms.Positions.Starts);
        file.Write<int>(segment.Terms.Skips.Entries);
        file.Write<int>(segment.Terms.Skips.Starts);
        for (int field = 0; field < schema.TextFields.Count; field++) file.Write<int>(segment.Lengths(field));
        for (int field = 0; field < schema.KeywordFields.Count; field++)
        {
            KeywordColumn column = segment.Keyword(field);
            file.Write(column.Values);
            file.Write<int>(column.Starts);
            file.Write<int>(column.Ordinals);
        }
        for (int field = 0; field < schema.RangeFields.Count; field++)
        {
            file.Write<double>(Array.ConvertAll(segment.Range(field), range => range.From));
            file.Write<double>(Array.ConvertAll(segment.Range(field), range => range.To));
        }
        file.Write<byte>(segment.Texts.Bytes);
        file.Write<long>(segment.Texts.Starts);
    }

    internal static Segment Read(SectionReader file, SearchSchema schema)
    {
        var ids = new DocumentIds(file.Read<byte>(), file.Read<int>());
        long[] versions = file.Read<long>();
        var terms = new TermIndex(
            file.ReadTexts(), file.Read<int>(), file.Read<int>(),
            new PostingBytes(file.Read<byte>(), file.Read<int>()),
            new PostingBytes(file.Read<byte>(), file.Read<int>()),
            new Skips(file.Read<int>(), file.Read<int>()));
        var lengths = new int[schema.TextFields.Count][];
        for (int field = 0; field < lengths.Length; field++) lengths[field] = file.Read<int>();
        var keywords = new KeywordColumn[schema.KeywordFields.Count];
        for (int field = 0; field < keywords.Length; field++) keywords[field] = new KeywordColumn(file.ReadTexts(), file.Read<int>(), file.Read<int>());
        var ranges = new (double, double)[schema.RangeFields.Count][];
        for (int field = 0; field < ranges.Length; field++) ranges[field] = [.. file.Read<double>().Zip(file.Read<double>())];
        return new Segment(ids, versions, terms, lengths, keywords, ranges, new StoredTexts(file.Read<byte>(), file.Read<long>()));
    }
}
