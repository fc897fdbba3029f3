using System.Text.Json;

namespace Ecosystem.AppHost.Local.Running;

/// <summary>Small JSON files of the state directory. A reader never sees half of one: they are written beside and moved in place.</summary>
internal static class JsonFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static T? Read<T>(string file)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(file), Options);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{file}' is not what the apphost wrote ({e.Message}). Delete it to start afresh.", e);
        }
    }

    public static void Write<T>(string file, T value, bool secret = false)
    {
        var beside = file + ".new";
        File.Delete(beside);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (secret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(beside, options))
        {
            JsonSerializer.Serialize(stream, value, Options);
        }

        File.Move(beside, file, overwrite: true);
    }
}
