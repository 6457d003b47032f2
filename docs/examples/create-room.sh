curl "$CHAT_URL/v1/conversations.create" \
  -H "Authorization: Bearer $CHAT_KEY" \
  -H "Inlay-User: shop" \
  -d '{"id": "order-1042", "kind": "group", "title": "Order 1042", "members": ["alice", "bob"]}'
