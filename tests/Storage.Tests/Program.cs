using Ecosystem.Storage.Tests;

// Started by fault tests only: dotnet Ecosystem.Storage.Tests.dll <verb> <arguments>. Test runners load the assembly instead.
return args switch
{
    ["write", var where] => await CrashingWriter.RunAsync(where),
    ["replica", var connection, var release, var numbers] => await Replica.RunAsync(connection, release, numbers),
    _ => 2,
};
