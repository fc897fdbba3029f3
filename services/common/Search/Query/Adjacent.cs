namespace Ecosystem.Search;

/// <summary>Walks the documents in which words stand together: as a phrase, or as neighbours. Long lists are skipped through, led by the shortest.</summary>
internal static class Adjacent
{
    /// <summary>Calls back for each document, deleted ones included, with the weighted frequency of the reading in it.</summary>
    internal static void Find(TermIndex index, Reading reading, int[] terms, int fields, FieldWeights weights, Action<int, double> found)
    {
        PostingReader[] readers = Array.ConvertAll(terms, index.Read);
        PositionBuffer[] places = [.. terms.Select(_ => new PositionBuffer(fields))];
        int[] order = [.. Enumerable.Range(0, terms.Length).OrderBy(term => index.Counts[terms[term]])];
        for (int document = 0; Meet(readers, order, ref document); document++)
        {
            for (int term = 0; term < readers.Length; term++) readers[term].ReadPositions(places[term]);
            double sum = 0;
            for (int field = 0; field < fields; field++)
            {
                int frequency = Frequency(reading, places, field);
                if (frequency > 0) sum += frequency * weights.Of(field, document);
            }
            if (sum > 0) found(document, sum);
        }
    }

    /// <summary>The same for some documents only, given in ascending order, and field by field: place among them, field, frequency.</summary>
    internal static void Within(TermIndex index, Reading reading, int[] terms, int fields, int[] documents, Action<int, int, int> found)
    {
        PostingReader[] readers = Array.ConvertAll(terms, index.Read);
        PositionBuffer[] places = [.. terms.Select(_ => new PositionBuffer(fields))];
        for (int place = 0; place < documents.Length; place++)
        {
            bool all = true;
            for (int term = 0; all && term < readers.Length; term++) all = readers[term].AdvanceTo(documents[place]) && readers[term].Document == documents[place];
            if (!all) continue;
            for (int term = 0; term < readers.Length; term++) readers[term].ReadPositions(places[term]);
            for (int field = 0; field < fields; field++)
            {
                int frequency = Frequency(reading, places, field);
                if (frequency > 0) found(place, field, frequency);
            }
        }
    }

    private static int Frequency(Reading reading, PositionBuffer[] places, int field) =>
        reading.Places > 0 ? Neighbours(places[0][field], places[1][field], reading.Places) : Phrases(places, field, reading.Offsets);

    /// <summary>Goes on to the next document, from the given one on, that all lists have.</summary>
    private static bool Meet(PostingReader[] readers, int[] order, ref int document)
    {
        for (int at = 0; at < order.Length;)
        {
            ref PostingReader reader = ref readers[order[at]];
            if (!reader.AdvanceTo(document)) return false;
            if (reader.Document == document)
            {
                at++;
                continue;
            }
            document = reader.Document;
            at = at == 0 ? 1 : 0;
        }
        return true;
    }

    /// <summary>How many of the first word's places have the second word near.</summary>
    private static int Neighbours(List<int> first, List<int> second, int most)
    {
        int count = 0;
        foreach (int position in first)
        {
            foreach (int other in second)
            {
                if (other == position || Math.Abs(other - position) > most) continue;
                count++;
                break;
            }
        }
        return count;
    }

    private static int Phrases(PositionBuffer[] places, int field, IReadOnlyList<int> offsets)
    {
        int count = 0;
        foreach (int position in places[0][field])
        {
            int start = position - offsets[0];
            bool all = start >= 0;
            for (int term = 1; all && term < places.Length; term++) all = places[term][field].BinarySearch(start + offsets[term]) >= 0;
            if (all) count++;
        }
        return count;
    }
}
