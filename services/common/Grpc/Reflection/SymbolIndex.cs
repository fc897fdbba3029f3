using Ecosystem.Grpc.Server.Binding;
using Google.Protobuf.Reflection;

namespace Ecosystem.Grpc.Reflection;

/// <summary>Every name declared by the services of this process and by what they import. Built when first asked, after all are mapped.</summary>
internal sealed class SymbolIndex
{
    private readonly Dictionary<string, FileDescriptor> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> _symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<int, FileDescriptor>> _extensions = new(StringComparer.Ordinal);

    public SymbolIndex(MappedServices mapped, IEnumerable<PassedOnService> passedOn)
    {
        var elsewhere = passedOn.Select(service => service.Service).ToList();
        Services = [.. mapped.Methods.Select(m => m.Method.ServiceName).Concat(elsewhere.Select(service => service.FullName)).Distinct().Order(StringComparer.Ordinal)];
        foreach (var service in mapped.Services.Concat(elsewhere))
        {
            Add(service.File);
        }
    }

    /// <summary>Full names, in order.</summary>
    public IReadOnlyList<string> Services { get; }

    public FileDescriptor? File(string name) => _files.GetValueOrDefault(name);

    public FileDescriptor? FileOf(string symbol) => _symbols.GetValueOrDefault(symbol);

    public bool IsMessage(string name) => _extensions.ContainsKey(name);

    public FileDescriptor? FileOfExtension(string message, int number) => _extensions.GetValueOrDefault(message)?.GetValueOrDefault(number);

    public IEnumerable<int> Extensions(string message) => _extensions.GetValueOrDefault(message)?.Keys ?? Enumerable.Empty<int>();

    /// <summary>A file with all it imports, itself first.</summary>
    public static IReadOnlyList<FileDescriptor> WithImports(FileDescriptor file)
    {
        var found = new List<FileDescriptor> { file };
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(found[i].Dependencies.Where(d => !found.Contains(d)));
        }

        return found;
    }

    private void Add(FileDescriptor file)
    {
        if (!_files.TryAdd(file.Name, file))
        {
            return;
        }

        foreach (var import in file.Dependencies)
        {
            Add(import);
        }

        foreach (var message in file.MessageTypes)
        {
            Add(message);
        }

        foreach (var enumeration in file.EnumTypes)
        {
            Add(enumeration);
        }

        foreach (var service in file.Services)
        {
            _symbols[service.FullName] = file;
            foreach (var method in service.Methods)
            {
                _symbols[method.FullName] = file;
            }
        }

        AddExtensions(file.Extensions.UnorderedExtensions);
    }

    private void Add(MessageDescriptor message)
    {
        _symbols[message.FullName] = message.File;
        _extensions.TryAdd(message.FullName, []);
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            _symbols[field.FullName] = message.File;
        }

        foreach (var oneof in message.Oneofs)
        {
            _symbols[oneof.FullName] = message.File;
        }

        foreach (var nested in message.NestedTypes)
        {
            Add(nested);
        }

        foreach (var enumeration in message.EnumTypes)
        {
            Add(enumeration);
        }

        AddExtensions(message.Extensions.UnorderedExtensions);
    }

    private void Add(EnumDescriptor enumeration)
    {
        _symbols[enumeration.FullName] = enumeration.File;
        foreach (var value in enumeration.Values)
        {
            _symbols[value.FullName] = enumeration.File;
        }
    }

    private void AddExtensions(IEnumerable<FieldDescriptor> extensions)
    {
        foreach (var extension in extensions)
        {
            _symbols[extension.FullName] = extension.File;
            var message = extension.ExtendeeType.FullName;
            if (!_extensions.TryGetValue(message, out var numbers))
            {
                _extensions[message] = numbers = [];
            }

            numbers[extension.FieldNumber] = extension.File;
        }
    }
}
