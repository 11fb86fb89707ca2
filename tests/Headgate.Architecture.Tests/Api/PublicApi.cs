using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Headgate.Architecture.Tests.Api;

/// <summary>Lists what an assembly shows to others, one line per member, in ordinal order.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(Name(type)).Append('\n');
            var members = type.GetMembers(Declared).Select(Line).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            foreach (var member in members)
            {
                text.Append("  ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string? Line(MemberInfo member) => member switch
    {
        // What the compiler writes for records follows from their properties.
        MethodInfo method when method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) => null,
        FieldInfo { IsSpecialName: false } field when Visible(field.Attributes) => $"{(field.IsStatic ? "static " : "")}{Name(field.FieldType)}{Nullable(new NullabilityInfoContext().Create(field).ReadState)} {field.Name}",
        PropertyInfo property when property.GetAccessors(nonPublic: true).Any(Visible) => Line(property),
        EventInfo { AddMethod: { } add } @event when Visible(add) => $"event {Name(@event.EventHandlerType!)} {@event.Name}",
        ConstructorInfo constructor when Visible(constructor) => $"new({Parameters(constructor)})",
        MethodInfo method when Visible(method) && !IsAccessor(method) => $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)}{Nullable(new NullabilityInfoContext().Create(method.ReturnParameter).ReadState)} {method.Name}{Generic(method)}({Parameters(method)})",
        _ => null,
    };

    private static string Line(PropertyInfo property)
    {
        var accessors = new List<string>();
        if (property.GetMethod is { } get && Visible(get))
        {
            accessors.Add("get");
        }

        if (property.SetMethod is { } set && Visible(set))
        {
            accessors.Add(set.ReturnParameter.GetRequiredCustomModifiers().Length > 0 ? "init" : "set");
        }

        var prefix = property.GetAccessors(nonPublic: true)[0].IsStatic ? "static " : "";
        return $"{prefix}{Name(property.PropertyType)}{Nullable(new NullabilityInfoContext().Create(property).ReadState)} {property.Name} {{ {string.Join("; ", accessors)} }}";
    }

    private static bool IsAccessor(MethodInfo method) =>
        method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool Visible(FieldAttributes attributes) =>
        (attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)}{Nullable(new NullabilityInfoContext().Create(parameter).ReadState)} {parameter.Name}{(parameter.HasDefaultValue ? "?" : "")}"));

    private static string Nullable(NullabilityState state) => state == NullabilityState.Nullable ? "?" : "";

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return $"ref {Name(type.GetElementType()!)}";
        }

        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!)}[]";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        // Its question mark comes with the nullability of what holds it.
        if (System.Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying);
        }

        var name = (type.IsNested ? $"{Name(type.DeclaringType!)}.{type.Name}" : $"{type.Namespace}.{type.Name}").Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
