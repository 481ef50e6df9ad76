"""Who acts (actor), which groups may do what (rights), and signing in with a second step (second_step)."""
