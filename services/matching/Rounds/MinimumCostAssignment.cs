namespace Ecosystem.Matching.Rounds;

/// <summary>
/// The assignment of rows to columns with the least total cost (the linear sum assignment problem), by shortest augmenting paths with potentials
/// (Jonker and Volgenant, 1987): for each row a path is grown as in Dijkstra's algorithm. Time grows with rows² · columns.
/// </summary>
internal static class MinimumCostAssignment
{
    /// <summary>Assigns every row to a column of its own.</summary>
    /// <param name="cost">Rows by columns; no more rows than columns.</param>
    /// <returns>The column of each row.</returns>
    public static int[] Solve(double[,] cost)
    {
        int rows = cost.GetLength(0);
        int columns = cost.GetLength(1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, columns, nameof(cost));
        var ofRow = new double[rows];
        var ofColumn = new double[columns + 1];
        int[] rowAt = new int[columns + 1]; // the last column is a helper in which the next row begins
        Array.Fill(rowAt, -1);
        var distance = new double[columns + 1];
        int[] before = new int[columns + 1];
        var done = new bool[columns + 1];
        for (int row = 0; row < rows; row++)
        {
            Array.Fill(distance, double.PositiveInfinity);
            Array.Clear(done);
            rowAt[columns] = row;
            int at = columns;
            do
            {
                done[at] = true;
                int from = rowAt[at];
                double shortest = double.PositiveInfinity;
                int next = -1;
                for (int column = 0; column < columns; column++)
                {
                    if (done[column]) continue;
                    double reduced = cost[from, column] - ofRow[from] - ofColumn[column];
                    if (reduced < distance[column]) (distance[column], before[column]) = (reduced, at);
                    if (distance[column] < shortest) (shortest, next) = (distance[column], column);
                }
                for (int column = 0; column <= columns; column++)
                {
                    if (done[column])
                    {
                        ofRow[rowAt[column]] += shortest;
                        ofColumn[column] -= shortest;
                    }
                    else
                    {
                        distance[column] -= shortest;
                    }
                }
                at = next;
            }
            while (rowAt[at] >= 0);
            for (; at != columns; at = before[at]) rowAt[at] = rowAt[before[at]];
        }
        int[] assigned = new int[rows];
        for (int column = 0; column < columns; column++)
        {
            if (rowAt[column] >= 0) assigned[rowAt[column]] = column;
        }
        return assigned;
    }
}
