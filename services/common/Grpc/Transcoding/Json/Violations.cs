using System.Globalization;
using System.Text;
using Grpc.Core;

namespace Ecosystem.Grpc.Transcoding.Json;

/// <summary>What is wrong with a request, by the path of each field; collects so that a caller sees all at once.</summary>
internal sealed class Violations
{
    /// <summary>More than a person reads; a hostile body cannot grow the answer.</summary>
    private const int Most = 20;

    private readonly List<(string Field, string Problem)> _found = [];
    private readonly List<(string? Name, int Index)> _place = [];

    public bool Any => _found.Count > 0;

    public void Enter(string name) => _place.Add((name, 0));

    public void Enter(int index) => _place.Add((null, index));

    public void Leave() => _place.RemoveAt(_place.Count - 1);

    /// <summary>Notes a problem where the reader stands.</summary>
    public void Add(string problem) => Add(Place(), problem);

    public void Add(string field, string problem)
    {
        if (_found.Count < Most)
        {
            _found.Add((field, problem));
        }
    }

    public RpcException ToError() => RichStatus.InvalidArgument(
        _found.Count == 1 ? $"{(_found[0].Field.Length == 0 ? "The request" : _found[0].Field)}: {_found[0].Problem}" : "The request has errors.",
        [.. _found]);

    private string Place()
    {
        var path = new StringBuilder();
        foreach (var (name, index) in _place)
        {
            _ = name is null
                ? path.Append('[').Append(index.ToString(CultureInfo.InvariantCulture)).Append(']')
                : path.Append(path.Length > 0 ? "." : "").Append(name);
        }

        return path.ToString();
    }
}
